/** TOML 解析库的说法，译成中文；库升级后没有收录的，原话放在引号里。 */
const faults: Readonly<Record<string, string>> = {
  'control characters are not allowed in comments': '注释中不能有控制字符',
  'control characters are not allowed in strings': '字符串中不能有控制字符',
  'each key-value declaration must be followed by an end-of-line': '每个键值之后须换行',
  'expected comma or end of structure': '此处应为逗号，或结束括号',
  'expected end of table array declaration': '表数组的声明应以 ]] 结束',
  'illegal character in key': '键中有不允许的字符',
  'illegal empty bare key': '键不能为空',
  'illegal leading zero': '数字不能以零开头',
  'document contains an unsafe property': '含有不安全的键名',
  'document contains excessively nested structures. aborting.': '嵌套层数过多',
  'illegal quoted key: multiline strings are not allowed': '键不能是多行字符串',
  'illegal character in numeric literal': '数字中有不允许的字符',
  'incomplete key-value: cannot find end of key': '键值不完整：找不到键的结尾',
  'invalid date-time: date part is malformed': '日期时间无效：日期部分有误',
  'invalid date-time: time part is malformed': '日期时间无效：时间部分有误',
  'invalid escape: only line-ending whitespace may be escaped': '转义无效：只能转义行尾的空白',
  'key contains illegal lone surrogates': '键中有不成对的代理字符',
  'illegal underscore': '下划线的位置不对',
  'integer value cannot be represented losslessly': '整数过大',
  'invalid date': '日期无效',
  'invalid non-hex character in unicode escape': 'Unicode 转义中有非十六进制字符',
  'invalid unicode escape': 'Unicode 转义无效',
  'invalid value': '值无效',
  'trying to redefine an already defined table or value': '表或值已经定义过',
  'trying to redefine an already defined value': '值已经定义过',
  'unexpected end of key': '键没有写完',
  'unfinished array': '数组没有结束',
  'unfinished numeric value': '数字没有写完',
  'unfinished string': '字符串没有结束',
  'unfinished table': '表没有结束',
  'unrecognised escape sequence': '无法识别的转义',
};

export function tomlFaultZh(said: string): string {
  return faults[said] ?? `“${said}”`;
}
