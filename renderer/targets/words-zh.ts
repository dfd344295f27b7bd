/** 目标表单的文字。 */
import type * as en from './words-en.ts';

export const words: typeof en.words = {
  none: '没有监控任何主机',
  noneText: '添加一台：立即解析、预热并监控，无需重启。',
  labels: {
    host: '主机',
    path: '路径',
    ips: 'IP',
    warm: '保温连接数',
    profiles: 'TLS 配置',
    profile_choice: '配置的选用方式',
    ca_file: '证书颁发机构文件',
    client_cert_file: '客户端证书',
    client_key_file: '证书的私钥',
    client_key_passphrase_file: '私钥的口令',
  },
  more: 'TLS 配置、证书颁发机构、客户端证书',
  byDefault: '默认',
};
