/** 键盘快捷键一览的文字。 */
import type * as en from './words-en.ts';

export const words: typeof en.words = {
  title: '键盘快捷键',
  text: '点击按键即可改绑：按一次，或连按两次（如 G O）。设置保存在数据文件夹中。',
  search: '查找操作或按键',
  noneFit: '没有匹配的操作或按键',
  done: '完成',
  resetAll: '全部恢复默认',
  none: '无按键',
  press: '请按键…',
  bind: (action: string, keys: string | null) =>
    keys === null ? `为“${action}”绑定按键` : `${keys}：为“${action}”改绑按键`,
  remove: (action: string) => `取消“${action}”的按键`,
  taken: (keys: string) => `已取消 ${keys}。`,
  back: '还原',
  reset: (action: string, keys: string) => `“${action}”恢复为 ${keys}`,
  conflict: (keys: string, actions: string) => `${keys} 与“${actions}”的按键冲突。`,
  takeOver: '改给此操作',
  leave: '保持原样',
  refusals: {
    browser: '由浏览器或系统占用，无法改绑',
    page: '用于在页面和表格中移动',
  },
  fixed: {
    title: '表格和列表中',
    keys: {
      lines: '下一行、上一行',
      pages: '翻一页',
      ends: '第一行、最后一行',
      choose: '选中或取消此行',
      range: '选中一段',
      all: '选中全部行',
      open: '打开此行',
      leave: '取消选中；关闭打开的面板',
      menu: '连接：对所选连接的操作',
      inspect: '连接：此 IP 详情',
      check: '连接：检查',
      drain: '连接：排空',
      close: '连接：立即关闭',
      block: '连接：拉黑 IP',
      copy: '连接：复制 IP',
    },
  },
};
