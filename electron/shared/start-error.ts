/** The console cannot be started; the message is for the operator, and exit status 1 for the shell. */
export class StartError extends Error {
  override readonly name = 'StartError';
}
