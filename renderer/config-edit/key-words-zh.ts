/** 每个配置键的含义。引擎只有英文，中文按键的路径放在这里；测试保证不缺、不多。 */

export const keyMeaningsZh: Readonly<Record<string, string>> = {
  'pool.max_connections': '连接池的连接总数上限，包括拨号中的。',
  'pool.max_conns_per_host': '到一台主机的连接数上限，包括拨号中的。不超过 max_connections。',
  'pool.max_idle_conns': '空闲等待的连接数上限。只限制预热与补足，不限制获取。不超过 max_connections。',
  'pool.conn_timeout': '一次拨号的期限，TCP 与 TLS 合计。',
  'pool.idle_timeout': '这么久没有请求或检查使用过的连接会被关闭。',
  'pool.max_lifetime': '连接到达此寿命即被替换，各连接按 lifetime_jitter 错开。',
  'pool.test_timeout': '一次验证或检查的期限。',
  'pool.health_check_interval': '空闲连接的检查间隔；空闲超过此时间的，使用前也检查。',
  'pool.cleanup_interval': '清理空闲过久与到期连接的间隔。',
  'pool.blacklist_check_interval': '自动封禁的 IP 最迟在此时间之后重新尝试。',
  'pool.dns_update_interval': '重新解析主机的间隔。',
  'pool.max_retries': '一个请求总共尝试的次数；0 与 1 都表示一次。',
  'pool.acquire_timeout': '获取连接最多等待多久，除非调用者另行指定。',
  'pool.min_idle_per_host': '保底：每台主机保持的空闲连接数，分布在它的各个 IP 上。不超过 max_idle_conns。',
  'pool.max_streams_per_connection': '一条 HTTP/2 连接可以同时承载的租约数，绝不超过服务器的上限；1 为独占。',
  'pool.lifetime_jitter': '寿命错开的幅度，占 max_lifetime 的比例：同时预热的连接不会同时到期。',
  'pool.drain_timeout': '连接或连接池关闭时，进行中的请求还有多久可以完成。',
  'pool.leak_threshold': '租约占用超过此时间，即报告为可能泄漏。',
  'pool.log_level': '写入日志的最低事件级别。',
  'pool.whitelist_mode': '“prefer”优先使用白名单中的 IP；“enforce”只拨号白名单中的 IP。',

  'dial.concurrency_start': '启动时同时进行的拨号数；介于 concurrency_min 与 concurrency_max 之间。',
  'dial.concurrency_min': '自适应节奏的下限；与 concurrency_max 相等时节奏固定。',
  'dial.concurrency_max': '自适应节奏的上限。',
  'dial.rate_per_second': '每秒开始的拨号数；0 为不限。',
  'dial.per_host_concurrency': '对一台主机同时进行的拨号数；0 为不限。',
  'dial.per_prefix_concurrency': '对一个 /24（IPv4）或 /48（IPv6）网段同时进行的拨号数；0 为不限。',

  'warmup.rest_ms': '预热每拨号 rest_every 次后休息的毫秒数；0 表示节奏全由 [dial] 决定。',
  'warmup.rest_every': '一次预热在两次休息之间的拨号数。',

  'health.max_errors': '错误多于此数的连接会被摘下。',
  'health.unhealthy_after': 'IP 连续失败这么多次即被剔除。永久性失败立即剔除。',
  'health.healthy_after': '被剔除的 IP 连续通过这么多次探测或请求后恢复。',
  'health.eject_base': 'IP 首次剔除的时长；之后每次加倍，并错开一成。',
  'health.eject_max': '一次剔除的最长时长。',
  'health.max_ejected_share': '一台主机可以同时剔除的 IP 比例，向下取整；由人拉黑的 IP 不计入。',
  'health.panic_share': '一台主机的可用 IP 低于此比例时，忽略剔除；0 为关闭。',
  'health.check_concurrency': '同时进行的检查数。',
  'health.probe_method': '请求路径所用的方法；服务器对 HEAD 应答有误时用 GET。',
  'health.status_good': '表示连接正常的状态码。',
  'health.status_blocked': '表示“此 IP 拦截我们”的状态码。属永久性失败，自动封禁该 IP。',
  'health.status_busy': '表示“稍后再试”的状态码。属暂时性失败，遵从 Retry-After。',
  'health.status_auth': '表示“需要凭据”的状态码。属永久性失败，自动封禁该 IP。',

  'choice.slow_start': '新的或恢复的 IP 所分到的请求，在此时间内从 10% 升到 100%。',
  'choice.exploration': '随机选择 IP 的比例，让不佳的第一印象有机会改变。',

  'metrics.port': '供 Prometheus 读取 /metrics 的端口，无需密钥；0 为不开放。',
  'metrics.address': '开放 metrics.port 的本机地址。若非回环地址，他人可以读到监控了哪些主机。',

  'retry.budget': '最近十秒的全部请求中，失败后可以重发的比例。',
  'retry.min_per_second': '不论请求多少，每秒至少可以重发这么多个。',

  'alerts.success_rate': '最近一分钟的请求成功率低于此值。',
  'alerts.response_time': '最近一分钟的平均响应时间超过此值。',
  'alerts.healthy_share': '健康连接的比例低于此值。',
  'alerts.reuse_rate': '最近一分钟（至少一百份租约）复用连接的比例低于此值。',
  'alerts.wait_p95': '最近一分钟里，二十次获取中有一次的等待超过此值。',
  'alerts.loop_delay': '引擎事件循环的延迟超过此值（一秒内的 p99）。',
  'alerts.warm_up_success': '一台主机最近一次预热的成功率低于此值；进行中时至少二十条连接才判断。提示十分钟。',
  'alerts.disk_free': '数据目录所在磁盘的剩余空间低于此值。历史无法写入时总会提示。',
  'alerts.hold': '指标越过阈值持续这么久，告警才触发。',
  'alerts.clear_hold': '指标恢复持续这么久，告警才解除。',
  'alerts.clear_margin': '从阈值向最佳值回升这一比例才算恢复：取 0.1 时，80% 须达 82%，5 秒须降到 4.5 秒。',
  'alerts.reopen_within': '解除后这么久之内再次触发的，视为同一告警，不再通知。',
  'alerts.notifications': '告警触发而窗口不在前台时，显示桌面通知。浏览器须在告警视图中自行允许。',
  'alerts.webhook_url': '告警触发与解除时向此地址 POST 一份 JSON；失败会重试数分钟。留空为不发送。',
  'alerts.webhook_secret_file':
    '为每次 POST 签名：Hotpool-Signature 为 t=SECONDS,v1=HEX，即以此文件的内容为密钥，对 SECONDS、一个点与正文计算的 HMAC-SHA256。留空为不签名。',

  'dns.grace': '从 DNS 应答中消失的 IP 继续使用这么久；期间回来的不受任何影响。',
  'dns.resolvers': 'DNS 服务器，前一个失败时依次询问下一个；留空则用系统的解析器。',

  'whitelist.ips': '可以拨号并优先使用的 IP。写在这里期间有效。',
  'blacklist.ips': '永不拨号的 IP。写在这里期间有效。',
};

export const targetKeyMeaningsZh: Readonly<Record<string, string>> = {
  host: '要监控的主机，写作 host 或 host:port，不带协议与路径。',
  port: '1 至 65535；默认 443。',
  path: '用于验证连接的路径，以斜杠开头；默认“/”。',
  ips: '它的地址；写了就不再询问 DNS。',
  warm: '保持预热的连接数，以限制为准：启动时建立，失去后补上。写数字，或写“all”表示每个 IP 一条。',
  profiles: '可以提供给它的 TLS 配置；前一个被拒绝时才用下一个。不写则用默认的配置。',
  profile_choice: '拨号从哪个配置开始：“first”“random”或“rotate”；默认“first”。',
  ca_file: '除系统自带的之外，对此主机还信任的证书颁发机构，PEM 文件。路径相对于配置文件所在目录。',
  client_cert_file: '主机要求时出示的客户端证书及其证书链，PEM 文件。',
  client_key_file: '客户端证书的私钥，PEM 文件。',
  client_key_passphrase_file: '私钥加密时，存放其口令的文件。',
};

/** 数值的单位，以架构中的英文写法为键；不在此列的写法两种语言相同。 */
export const keyUnitsZh: Readonly<Record<string, string>> = {
  s: '秒',
  connections: '条连接',
  attempts: '次',
  streams: '条流',
  dials: '次拨号',
  'dials/s': '次拨号/秒',
  errors: '个错误',
  failures: '次失败',
  'good probes': '次成功探测',
  checks: '次检查',
  'retries/s': '次重试/秒',
};
