/** 显示设置的文字。 */
import { count } from '../words/format.ts';
import type * as en from './words-en.ts';

export const words: typeof en.words = {
  notKept: '偏好设置无法保存，仅在此页面关闭之前有效',
  language: '语言',
  languages: { system: '跟随系统', en: 'English', zh: '简体中文' },
  languageHint: '数字、时长和日期按所选语言书写。',
  theme: '主题',
  themes: { dark: '深色', light: '浅色', system: '跟随系统', contrast: '高对比度' },
  themeHint: '高对比度的深浅随系统。系统要求高对比度时，“跟随系统”也会照办。',
  density: '行距',
  densities: { compact: '紧凑', comfortable: '宽松' },
  densityHint: '宽松时文字、控件和行都更大。',
  zoom: '缩放',
  zoomStep: (percent: number) => `${percent}%`,
  zoomHint: '整体放大或缩小；窗口菜单里的缩放效果相同。',
  browserZoom: (bigger: string, smaller: string, reset: string) =>
    `浏览器用自己的按键缩放：${bigger} 放大，${smaller} 缩小，${reset} 恢复 100%，并为此地址记住。`,
  motion: '动效',
  motionHint: '跟随系统：系统要求减少动效时，这里没有任何自行移动的内容。',
  notifications: '通知',
  notices: '由本浏览器通知',
  noticesDenied: '已在浏览器对本页面的设置中拒绝。',
  noticesHint: '页面开着但没人看时，告警会弹出通知。',
  desktopNotices: '没有查看窗口时，桌面会弹出告警通知。',
  name: '您的名字',
  nameHint: '会写在您对告警的处理记录旁。',
  keys: '键盘',
  keysHint: (own: number) => (own === 0 ? '所有按键均为默认。' : `${count(own)} 个操作改绑了按键。`),
};
