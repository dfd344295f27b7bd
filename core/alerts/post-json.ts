/** One POST over HTTP, its answer's body left unread. Redirects are not followed: they are an answer like any other. */
import { request } from 'undici';
import type { Post } from './webhook.ts';

export const postJson: Post = async (url, headers, body, signal) => {
  const answer = await request(url, { method: 'POST', headers, body, signal });
  await answer.body.dump();
  return answer.statusCode;
};
