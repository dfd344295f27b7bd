/** Opens the console in the operator's browser, where there is one. */
import { spawn } from 'node:child_process';

interface Opener {
  readonly program: string;
  readonly args: readonly string[];
}

/** null where there is no display. */
export function browserOpener(platform: NodeJS.Platform, env: NodeJS.ProcessEnv): Opener | null {
  if (platform === 'darwin') {
    return { program: 'open', args: [] };
  }
  if (platform === 'win32') {
    return { program: 'rundll32', args: ['url.dll,FileProtocolHandler'] };
  }
  return env.DISPLAY || env.WAYLAND_DISPLAY ? { program: 'xdg-open', args: [] } : null;
}

/** A browser that does not open is no fault: the address stands on stdout. Others on the machine can read `url`. */
export function openBrowser(url: string): void {
  const opener = browserOpener(process.platform, process.env);
  if (opener) {
    const child = spawn(opener.program, [...opener.args, url], { stdio: 'ignore', detached: true });
    child.on('error', () => {});
    child.unref();
  }
}
