/**
 * What the process that runs main and the process that owns the browser tell each other, over Node's child process
 * channel with `serialization: 'advanced'`, which is a structured clone.
 */
export interface FrameInfo {
  readonly url: string;
  /** As Electron says it: `app://hotpool`, or `null` for an opaque one. */
  readonly origin: string;
  /** null for the main frame. */
  readonly parent: FrameInfo | null;
}

export interface WebPreferencesInfo {
  readonly preload: string | null;
  readonly contextIsolation: boolean;
  readonly sandbox: boolean;
  readonly nodeIntegration: boolean;
}

/** Something main configured or asked of Electron, in the order in which it did. */
export interface RecordEntry {
  readonly call: string;
  /** Structured-cloneable; functions are replaced by `'[function]'`. */
  readonly args: readonly unknown[];
  readonly afterReady: boolean;
}

export interface MenuItemInfo {
  readonly label: string;
  readonly role: string | null;
  readonly type: string;
  readonly accelerator: string | null;
  readonly enabled: boolean;
  readonly hasClick: boolean;
  readonly submenu: readonly MenuItemInfo[];
}

/** From main's process. `callId` is answered by an `answer`. */
export type FromMain =
  | { kind: 'ready' }
  | { kind: 'record'; entry: RecordEntry }
  | { kind: 'window'; windowId: number; width: number; height: number; preferences: WebPreferencesInfo }
  | { kind: 'load'; callId: number; windowId: number; url: string }
  | { kind: 'reload'; windowId: number }
  | { kind: 'destroy'; windowId: number }
  | { kind: 'resize'; windowId: number; width: number; height: number }
  /** `document` counts the navigations that main has heard of: what was meant for an older one is lost. */
  | { kind: 'message'; windowId: number; document: number; channel: string; args: readonly unknown[] }
  | { kind: 'menu'; items: readonly MenuItemInfo[] }
  | { kind: 'answer'; callId: number; ok: true; value: unknown }
  | { kind: 'answer'; callId: number; ok: false; message: string };

export interface ProtocolAnswer {
  readonly status: number;
  readonly headers: readonly (readonly [string, string])[];
  readonly body: Uint8Array;
}

/** Questions to main's process, with the type of their answers. */
export interface Questions {
  protocol: { ask: { url: string; method: string; headers: Record<string, string> }; answer: ProtocolAnswer };
  /** true: the navigation may go on. */
  navigation: { ask: { windowId: number; url: string; isMainFrame: boolean; isRedirect: boolean }; answer: boolean };
  /** true: a window may open. */
  open: { ask: { windowId: number; url: string }; answer: boolean };
  invoke: { ask: { windowId: number; frame: FrameInfo; channel: string; args: readonly unknown[] }; answer: unknown };
  permission: { ask: { windowId: number; permission: string; how: 'request' | 'check' | 'device' }; answer: boolean };
  /** Clicks a menu item by its labels from the top; false when there is none or it is disabled. */
  menu: { ask: { path: readonly string[] }; answer: boolean };
  /** Clicks the newest notification that is shown; false when there is none. */
  notification: { ask: Record<string, never>; answer: boolean };
  /** The user closes a window; false when main prevented it. */
  close: { ask: { windowId: number }; answer: boolean };
}
export type QuestionName = keyof Questions;

export type ToMain =
  | { [Name in QuestionName]: { kind: 'ask'; callId: number; name: Name; ask: Questions[Name]['ask'] } }[QuestionName]
  | { kind: 'answer'; callId: number; ok: true; value: unknown }
  | { kind: 'answer'; callId: number; ok: false; message: string }
  | { kind: 'sent'; windowId: number; frame: FrameInfo; channel: string; args: readonly unknown[] }
  | { kind: 'navigated'; windowId: number; url: string }
  | { kind: 'loaded'; windowId: number }
  | { kind: 'crashed'; windowId: number }
  /** The page is gone already. */
  | { kind: 'gone'; windowId: number }
  | { kind: 'quit' };
