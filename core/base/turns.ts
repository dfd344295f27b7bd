/** A long computation cut into pieces: each `yield` is a place where everything else of the process may have its turn. */
export type Pieces<Result> = Generator<void, Result, void>;

/** All of it now, for who cannot wait. */
export function atOnce<Result>(pieces: Pieces<Result>): Result {
  for (;;) {
    const piece = pieces.next();
    if (piece.done) {
      return piece.value;
    }
  }
}

/** A piece in each turn of the event loop: what waits meanwhile waits for one piece, not for all. */
export async function inTurns<Result>(pieces: Pieces<Result>): Promise<Result> {
  for (;;) {
    const piece = pieces.next();
    if (piece.done) {
      return piece.value;
    }
    await new Promise(setImmediate);
  }
}
