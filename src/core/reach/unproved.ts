/** A question that the engine doesn't answer: the message says why. The result is then "not proved", never "equal". */
export class Unproved extends Error {}
