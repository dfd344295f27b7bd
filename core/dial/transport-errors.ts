/** What a transport says of its own end. */
import { ClassifiedError } from './classified-error.ts';

/** The pool has closed the connection itself. */
export function destroyedError(): ClassifiedError {
  return new ClassifiedError('aborted', 'DESTROYED', 'the connection was closed on this side');
}

/** As Node would say it of a stream. */
export function goawayError(code: number): Error {
  return Object.assign(new Error(`the server sent GOAWAY with error code ${code}`), {
    code: 'ERR_HTTP2_SESSION_ERROR',
  });
}
