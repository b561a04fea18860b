/** Third-party code inside a package, whose licence requires a notice that the package lacks. */
export interface EmbeddedCode {
  readonly name: string;
  /** The code's repository on GitHub. */
  readonly repository: string;
  readonly license: string;
  readonly text: string;
}

const permission = `Permission is hereby granted, free of charge, to any person obtaining a copy
of this software and associated documentation files (the "Software"), to deal
in the Software without restriction, including without limitation the rights
to use, copy, modify, merge, publish, distribute, sublicense, and/or sell
copies of the Software, and to permit persons to whom the Software is
furnished to do so, subject to the following conditions:

The above copyright notice and this permission notice shall be included in all
copies or substantial portions of the Software.

THE SOFTWARE IS PROVIDED "AS IS", WITHOUT WARRANTY OF ANY KIND, EXPRESS OR
IMPLIED, INCLUDING BUT NOT LIMITED TO THE WARRANTIES OF MERCHANTABILITY,
FITNESS FOR A PARTICULAR PURPOSE AND NONINFRINGEMENT. IN NO EVENT SHALL THE
AUTHORS OR COPYRIGHT HOLDERS BE LIABLE FOR ANY CLAIM, DAMAGES OR OTHER
LIABILITY, WHETHER IN AN ACTION OF CONTRACT, TORT OR OTHERWISE, ARISING FROM,
OUT OF OR IN CONNECTION WITH THE SOFTWARE OR THE USE OR OTHER DEALINGS IN THE
SOFTWARE.`;

const go = `Copyright (c) 2009 The Go Authors. All rights reserved.

Redistribution and use in source and binary forms, with or without
modification, are permitted provided that the following conditions are
met:

   * Redistributions of source code must retain the above copyright
notice, this list of conditions and the following disclaimer.
   * Redistributions in binary form must reproduce the above
copyright notice, this list of conditions and the following disclaimer
in the documentation and/or other materials provided with the
distribution.
   * Neither the name of Google Inc. nor the names of its
contributors may be used to endorse or promote products derived from
this software without specific prior written permission.

THIS SOFTWARE IS PROVIDED BY THE COPYRIGHT HOLDERS AND CONTRIBUTORS
"AS IS" AND ANY EXPRESS OR IMPLIED WARRANTIES, INCLUDING, BUT NOT
LIMITED TO, THE IMPLIED WARRANTIES OF MERCHANTABILITY AND FITNESS FOR
A PARTICULAR PURPOSE ARE DISCLAIMED. IN NO EVENT SHALL THE COPYRIGHT
OWNER OR CONTRIBUTORS BE LIABLE FOR ANY DIRECT, INDIRECT, INCIDENTAL,
SPECIAL, EXEMPLARY, OR CONSEQUENTIAL DAMAGES (INCLUDING, BUT NOT
LIMITED TO, PROCUREMENT OF SUBSTITUTE GOODS OR SERVICES; LOSS OF USE,
DATA, OR PROFITS; OR BUSINESS INTERRUPTION) HOWEVER CAUSED AND ON ANY
THEORY OF LIABILITY, WHETHER IN CONTRACT, STRICT LIABILITY, OR TORT
(INCLUDING NEGLIGENCE OR OTHERWISE) ARISING IN ANY WAY OUT OF THE USE
OF THIS SOFTWARE, EVEN IF ADVISED OF THE POSSIBILITY OF SUCH DAMAGE.`;

/**
 * Embedded code by the name of the package that holds the code. The parts of LLVM's C++ library in yoga-layout's
 * WebAssembly need no notice (exception of its Apache-2.0 licence for object form).
 */
export const embeddedLicenses: Readonly<Record<string, readonly EmbeddedCode[]>> = {
  'ansi-styles': [
    mit('color-convert', 'Qix-/color-convert', [
      'Copyright (c) 2011-2016 Heather Arthur <fayearthur@gmail.com>.',
      'Copyright (c) 2016-2021 Josh Junon <josh@junon.me>.',
    ]),
  ],
  ajv: [mit('punycode.js', 'bestiejs/punycode.js', ['Copyright Mathias Bynens <https://mathiasbynens.be/>'])],
  chalk: [
    mit('has-flag', 'sindresorhus/has-flag', [
      'Copyright (c) Sindre Sorhus <sindresorhus@gmail.com> (https://sindresorhus.com)',
    ]),
    mit('color-convert', 'Qix-/color-convert', [
      'Copyright (c) 2011-2016 Heather Arthur <fayearthur@gmail.com>.',
      'Copyright (c) 2016-2021 Josh Junon <josh@junon.me>.',
    ]),
  ],
  ink: [mit('enquirer', 'enquirer/enquirer', ['Copyright (c) 2016-present, Jon Schlinkert.'])],
  re2js: [{ name: 'RE2/J', repository: 'google/re2j', license: 'BSD-3-Clause', text: go }],
  'yoga-layout': [
    mit('yoga', 'facebook/yoga', ['Copyright (c) Facebook, Inc. and its affiliates.']),
    mit('emscripten', 'emscripten-core/emscripten', [
      'Copyright (c) 2010-2014 Emscripten authors, see AUTHORS file.',
    ]),
    mit('musl', 'emscripten-core/musl', ['Copyright © 2005-2020 Rich Felker, et al.']),
  ],
};

function mit(name: string, repository: string, holders: readonly string[]): EmbeddedCode {
  return { name, repository, license: 'MIT', text: `${holders.join('\n')}\n\n${permission}` };
}
