/**
 * A pattern of the paths that the language refuses or matches in another spelling: those with encodings of plain
 * characters, slashes or backslashes, with dot segments, two slashes in a row, or characters that no URI has. Linkerd
 * matches paths as they come.
 */
export const oddPath =
  '.*(?://|\\\\|%2[dDeEfF]|%3[0-9]|%4[1-9a-fA-F]|%5[0-9aAcCfF]|%6[1-9a-fA-F]|%7[0-9aAeE]|%00|["<>`{|}^]|(?:/\\.\\.?(?:[;/]|$))).*';
