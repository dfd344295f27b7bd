/** Asks the engine itself, past everything that the page shows: the page is tested against the answer. */
import { type RequestInput, type RequestName, type RequestOutput, requests } from '../../../core/contract/index.ts';
import { askConsole } from '../../support/headless/headless-process.ts';
import type { RunningConsole } from '../../support/hosts/running-console.ts';

const readyLine = /(http:\/\/127\.0\.0\.1:(\d+))\/#token=(\S+)/;

/** Over HTTP where there is any, else over the window's own bridge. @throws Error with the engine's own words. */
export async function askEngine<Name extends RequestName>(
  { stdout, page }: RunningConsole,
  name: Name,
  input: RequestInput<Name>,
): Promise<RequestOutput<Name>> {
  const [url, origin, port, token] = readyLine.exec(stdout) ?? [];
  const output =
    url && origin && port && token
      ? await askConsole({ url, origin, port: Number(port), token }, name, input)
      : await page.evaluate(askInWindow, { name, input });
  return requests[name].output.parse(output) as RequestOutput<Name>;
}

async function askInWindow({ name, input }: { name: string; input: unknown }): Promise<unknown> {
  const id = 1_000_000 + Math.floor(Math.random() * 1_000_000);
  const answer = await window.hotpool?.request({ type: 'request', id, name, input });
  if (typeof answer === 'object' && answer !== null && 'output' in answer) {
    return answer.output;
  }
  throw new Error(JSON.stringify(answer ?? 'this window has no bridge'));
}
