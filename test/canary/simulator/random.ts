/** A seeded source of random numbers: the same seed gives the same stream on every machine. */
export class Random {
  #a: number;
  #b: number;
  #c: number;
  #d = 1;

  constructor(family: string, index: number) {
    let hash = 2166136261 ^ index;
    for (const unit of `${family}/${String(index)}`)
      hash = Math.imul(hash ^ (unit.codePointAt(0) ?? 0), 16777619);
    this.#a = hash | 0;
    this.#b = Math.imul(hash, 0x9e3779b1) | 0;
    this.#c = index | 0;
    for (let round = 0; round < 16; round++) this.next();
  }

  /** Returns a number in [0, 1): Small Fast Counter 32 (Doty-Humphrey, PractRand). */
  next(): number {
    const sum = (((this.#a + this.#b) | 0) + this.#d) | 0;
    this.#d = (this.#d + 1) | 0;
    this.#a = this.#b ^ (this.#b >>> 9);
    this.#b = (this.#c + (this.#c << 3)) | 0;
    this.#c = (((this.#c << 21) | (this.#c >>> 11)) + sum) | 0;
    return (sum >>> 0) / 4294967296;
  }

  /** Returns a standard normal number (Marsaglia's polar method). */
  normal(): number {
    for (;;) {
      const x = 2 * this.next() - 1;
      const y = 2 * this.next() - 1;
      const square = x * x + y * y;
      if (square > 0 && square < 1) return x * Math.sqrt((-2 * Math.log(square)) / square);
    }
  }

  /** Returns a gamma number with mean 1 (Marsaglia & Tsang 2000; below shape 1 with their boost). */
  gamma(shape: number): number {
    const boosted = shape < 1 ? shape + 1 : shape;
    const d = boosted - 1 / 3;
    const c = 1 / Math.sqrt(9 * d);
    for (;;) {
      const x = this.normal();
      const v = (1 + c * x) ** 3;
      if (v <= 0) continue;
      if (Math.log(1 - this.next()) >= 0.5 * x * x + d - d * v + d * Math.log(v)) continue;
      const power = shape < 1 ? (1 - this.next()) ** (1 / shape) : 1;
      return (d * v * power) / shape;
    }
  }

  /** Returns a Poisson number: multiplication below a mean of 30, a gamma reduction (Ahrens & Dieter 1974) above. */
  poisson(mean: number): number {
    let left = mean;
    let count = 0;
    while (left > 30) {
      const m = Math.floor(left * 0.875);
      const time = this.gamma(m) * m;
      if (time > left) return count + this.binomial(m - 1, left / time);
      count += m;
      left -= time;
    }
    const limit = Math.exp(-left);
    for (let product = this.next(); product > limit; product *= this.next()) count += 1;
    return count;
  }

  /** Returns a binomial number: by waiting times for small means, by halving with beta medians above. */
  binomial(n: number, p: number): number {
    if (p <= 0 || n <= 0) return 0;
    if (p >= 1) return n;
    if (p > 0.5) return n - this.binomial(n, 1 - p);
    if (n * p > 40) {
      const a = 1 + Math.floor(n / 2);
      const b = n + 1 - a;
      const one = this.gamma(a) * a;
      const beta = one / (one + this.gamma(b) * b);
      return beta <= p ? a + this.binomial(n - a, (p - beta) / (1 - beta)) : this.binomial(a - 1, p / beta);
    }
    const log = Math.log1p(-p);
    let count = -1;
    let at = 0;
    do {
      count += 1;
      at += Math.floor(Math.log(1 - this.next()) / log) + 1;
    } while (at <= n);
    return count;
  }
}
