/** Tokens inside the filter's text, for the chips beside it. */
function tokensOf(text: string): string[] {
  return text.split(/\s+/).filter(Boolean);
}

export function hasToken(text: string, token: string): boolean {
  return tokensOf(text).includes(token);
}

/** The text with the token added, or without it where it was; another token of the same name makes room. */
export function withToken(text: string, token: string): string {
  const tokens = tokensOf(text);
  if (tokens.includes(token)) {
    return tokens.filter((entry) => entry !== token).join(' ');
  }
  const name = `${token.split(':')[0]}:`;
  return [...tokens.filter((entry) => !entry.startsWith(name)), token].join(' ');
}
