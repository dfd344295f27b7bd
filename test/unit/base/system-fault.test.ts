import { describe, expect, it } from 'vitest';
import { systemFault } from '../../../core/base/system-fault.ts';
import { toldText } from '../../../core/contract/phrase.ts';

const fault = (code: string) => Object.assign(new Error(`${code}: operation failed, rename 'a' -> 'b'`), { code });

describe('what the system refused', () => {
  it.each([
    ['EPERM', /rights/, /权限/],
    ['EACCES', /rights/, /权限/],
    ['ENOSPC', /full/, /已满/],
    ['EROFS', /read-only/, /只读/],
    ['EBUSY', /Another program/, /占用/],
    ['ENOENT', /folder is not there/, /不存在/],
  ])('%s is said in both languages, with the code', (code, en, zh) => {
    const told = systemFault(fault(code));
    expect(toldText(told, 'en')).toMatch(en);
    expect(toldText(told, 'zh')).toMatch(zh);
    expect(toldText(told, 'zh')).toContain(code);
    expect(toldText(told, 'en')).not.toContain('rename');
  });

  it('that nobody knows is told as it came', () => {
    expect(systemFault(fault('EWEIRD'))).toBe("EWEIRD: operation failed, rename 'a' -> 'b'");
    expect(systemFault('gone')).toBe('gone');
  });
});
