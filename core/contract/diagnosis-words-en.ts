/** The words of each diagnosis rule, in English. */
import type { DiagnosisWords } from './finding-text.ts';

export const diagnosisWordsEn: DiagnosisWords = {
  'success-low': {
    title: 'Too many requests fail',
    text: (f, n) =>
      `${f('failed')} of ${n('requests', 'request')} of the last minute failed: success ${f('successShare')}, under ${f('thresholdShare')}.`,
    cause: 'The network, or the servers, are in trouble; or bad IPs are still in use.',
    advice: 'Check all connections now, then look at the IPs that fail most and why.',
    prevention: 'Watch single IPs rather than hosts: one that fails is ejected before it costs many requests.',
  },
  'response-alert': {
    title: 'Answers take very long',
    text: (f) => `The mean response time of the last minute is ${f('meanMs')}, over ${f('thresholdMs')}.`,
    cause: 'The servers are overloaded, or the way to them is.',
    advice: 'Compare the IPs of the host: slow ones can be blocked, or will be ejected as outliers.',
    prevention: 'Keep a baseline of quiet minutes and look when answers leave it.',
  },
  'response-slow': {
    title: 'Answers take long',
    text: (f) => `The mean response time of the last minute is ${f('meanMs')}, over ${f('thresholdMs')}.`,
    cause: 'Network latency, or servers that work slowly.',
    advice: 'See whether all IPs are slow or a few: prefer the fast ones by the white list.',
    prevention: 'Warm up and let the choice by response time find the fast IPs.',
  },
  'failures-of-one-class': {
    title: 'Most failures are of one kind',
    text: (f, n) =>
      `${f('ips')} of the ${n('failingIps', 'IP')} that failed in the last five minutes failed with “${f('errorClass')}”.`,
    cause: 'One cause stands behind most of it.',
    advice: 'Mend this one first.',
    prevention: 'Read failures by their class, not one by one.',
  },
  'retries-off': {
    title: 'Failed requests are not tried again',
    text: (_, n) =>
      `${n('failed', 'request of the last minute failed, and each has', 'requests of the last minute failed, and each has')} one attempt.`,
    cause: 'max_retries is 0 or 1.',
    advice: 'Allow three attempts: another IP often answers. The retry budget keeps them from becoming the load.',
    prevention: 'Keep retries on for whatever may be sent twice.',
  },
  'wait-long': {
    title: 'Callers wait long for a connection',
    text: (f) => `One acquire in twenty waited ${f('waitP95Ms')} or longer, over ${f('thresholdMs')}.`,
    cause: 'Fewer connections than callers need, or connections that are held for long.',
    advice: 'Look which limit is full; give connections back sooner; let HTTP/2 connections carry several leases.',
    prevention: 'Set a deadline on each acquire, and warm up before the load comes.',
  },
  'pool-full': {
    title: 'The pool is full',
    text: (f, n) =>
      `${n('waiting', 'caller waits', 'callers wait')} with ${f('connections')} of ${n('limit', 'connection')} there.`,
    cause: 'max_connections is too small for this load.',
    advice: 'Raise max_connections, or have fewer callers at a time.',
    prevention: 'Plan the limit for the busiest minute, not the mean.',
  },
  'host-full': {
    title: 'A host has as many connections as it may',
    text: (_, n) =>
      `${n('waiting', 'caller waits', 'callers wait')} while the host has ${n('limit', 'connection')}, all that it may have.`,
    cause: 'max_conns_per_host is too small for what this host is asked.',
    advice: 'Raise max_conns_per_host.',
    prevention: 'Spread the load over more hosts or IPs, and mind what the server allows.',
  },
  'queue-long': {
    title: 'Many more callers than connections',
    text: (_, n) => `${n('waiting', 'caller waits', 'callers wait')} for ${n('connections', 'connection')}.`,
    cause: 'Work is taken on faster than it is done.',
    advice: 'Bound the number of callers, or refuse work early: a deadline on acquire does so.',
    prevention: 'Let the source slow down when the queue grows (back-pressure).',
  },
  'acquires-time-out': {
    title: 'Callers give up waiting for a connection',
    text: (f, n) =>
      `${n('timeouts', 'caller has', 'callers have')} waited for a connection in vain in the last ${f('spanMs')}.`,
    cause: 'The pool is full, the network is slow, or connections are not given back.',
    advice: 'Ask “why is it waiting?” for the host, then raise the limit that is full or mend what holds the leases.',
    prevention: 'Watch the waiting times: they rise before the first time-out.',
  },
  'timeouts-in-wrong-order': {
    title: 'An acquire gives up before a dial can succeed',
    text: (f) => `An acquire waits ${f('acquireMs')} at most, a dial alone may take ${f('dialMs')}.`,
    cause: 'acquire_timeout is shorter than conn_timeout.',
    advice: 'Let an acquire wait at least as long as one dial.',
    prevention: 'Set inner deadlines shorter than outer ones.',
  },
  'streams-unused': {
    title: 'HTTP/2 connections carry one request at a time',
    text: (_, n) =>
      `${n('waiting', 'caller waits', 'callers wait')} while ${n('h2', 'connection speaks HTTP/2 and carries one lease', 'connections speak HTTP/2 and carry one lease each')}.`,
    cause: 'max_streams_per_connection is 1.',
    advice: 'Let a connection carry several leases; the server’s own limit is never exceeded.',
    prevention: 'Keep 1 only where leases must not share a connection.',
  },
  'http2-rare': {
    title: 'No connection speaks HTTP/2',
    text: (_, n) =>
      `${n('waiting', 'caller waits', 'callers wait')}, and none of ${n('connections', 'connection')} speaks HTTP/2.`,
    cause: 'The servers offer HTTP/1.1 only, or a TLS profile without h2 is in use.',
    advice: 'Use a profile that offers h2 (modern-h2) for hosts that can.',
    prevention: 'Leave the choice of the protocol to the handshake.',
  },
  'reuse-low': {
    title: 'Connections are seldom used again',
    text: (f, n) =>
      `${f('reuseShare')} of ${n('leases', 'lease was on', 'leases were on')} a connection that had served before, under ${f('thresholdShare')}.`,
    cause: 'Connections are closed before they are needed again.',
    advice: 'Raise max_idle_conns, or idle_timeout.',
    prevention: 'Keep as many idle connections as leases are taken at a time.',
  },
  'idle-too-short': {
    title: 'Connections are closed idle and dialled again',
    text: (f, n) =>
      `${n('closes', 'connection was closed idle', 'connections were closed idle')} in the last ${f('spanMs')}, and ${f('dials')} dialled.`,
    cause: 'idle_timeout is shorter than the pauses between requests.',
    advice: 'Raise idle_timeout.',
    prevention: 'Set it longer than the usual pause; a passed check counts as use.',
  },
  'lifetime-too-short': {
    title: 'Connections are replaced often for their age',
    text: (f, n) =>
      `${n('closes', 'connection reached the end of its life', 'connections reached the end of their life')} in the last ${f('spanMs')}.`,
    cause: 'max_lifetime is short for this pool.',
    advice: 'Raise max_lifetime.',
    prevention: 'Long enough to be worth its handshake, short enough to follow a change of the servers.',
  },
  'recycling-low': {
    title: 'Connections do not come back usable',
    text: (f) =>
      `After ${f('recycledShare')} of ${f('releases')} releases the connection was usable again, under ${f('thresholdShare')}.`,
    cause: 'Requests break, bodies are left unread, or servers close after each answer.',
    advice: 'Read responses to their end and look at the close reasons.',
    prevention: 'Release with the right outcome, and let servers keep connections alive.',
  },
  'recycling-slow': {
    title: 'Connections come back late',
    text: (f) =>
      `One release in twenty took ${f('delayP95Ms')} or longer until the connection was usable, over ${f('thresholdMs')}.`,
    cause: 'Unread bodies are thrown away first, or checks stand between.',
    advice: 'Read bodies to their end; check less often where connections live short.',
    prevention: 'Finish with a response before its connection is given back.',
  },
  'leases-leak': {
    title: 'Leases are not given back',
    text: (f, n) => `${n('leases', 'lease is older', 'leases are older')} than ${f('thresholdMs')}.`,
    cause: 'A program takes connections and does not release them.',
    advice: 'Open the connections that are leased longest: they name the place of the acquire.',
    prevention: 'Take leases with `using`, so that they end with their block.',
  },
  'healthy-few': {
    title: 'Too few connections are healthy',
    text: (f, n) => `${f('healthy')} of ${n('connections', 'connection')} healthy, under ${f('thresholdShare')}.`,
    cause: 'Servers fail, or refuse what checks ask.',
    advice: 'Check all connections now; those that fail are closed and dialled again.',
    prevention: 'Check often enough that trouble is seen before callers meet it.',
  },
  'unhealthy-left': {
    title: 'Unhealthy connections take up room',
    text: (f, n) => `${f('unhealthy')} of ${n('connections', 'connection')} with the flag down.`,
    cause: 'They wait for a second look, or are leased.',
    advice: 'Clean up unhealthy connections now.',
    prevention: 'They go by themselves once they were looked at again.',
  },
  'breaks-often': {
    title: 'Connections are taken out often',
    text: (f, n) =>
      `${n('lost', 'connection')} failed a check or validation in the last ${f('spanMs')}; there are ${f('connections')}.`,
    cause: 'The servers are unstable, or checks are too strict.',
    advice: 'Give checks more time, and look whether a few IPs make up most of it.',
    prevention: 'Let a check retry before it condemns, and eject IPs rather than connections.',
  },
  'checks-fail-by-time': {
    title: 'Checks fail for want of time',
    text: (f, n) => `${f('failed')} of ${n('checks', 'check')} failed, and ${n('lateIps', 'IP')} answered too late.`,
    cause: 'test_timeout is short for these servers.',
    advice: 'Raise test_timeout.',
    prevention: 'Set it to several times the usual response time.',
  },
  'checks-heavy': {
    title: 'Checks are most of the work',
    text: (_, n) => `${n('checks', 'check')} for ${n('requests', 'request')} in the last minute.`,
    cause: 'health_check_interval is short for so many idle connections.',
    advice: 'Check less often.',
    prevention: 'Fewer idle connections, or a longer interval.',
  },
  'checks-silent': {
    title: 'No check has been made',
    text: (f, n) =>
      `${n('idle', 'connection is idle', 'connections are idle')}, the interval is ${f('intervalMs')}, and the last minute had no check.`,
    cause: 'The checker does not come to its work.',
    advice: 'Check all now, and look at the engine’s load.',
    prevention: 'Watch the number of checks beside the number of connections.',
  },
  'checks-rare': {
    title: 'Requests meet broken connections',
    text: (f, n) =>
      `${n('broken', 'connection')} broke under a request, and idle ones are checked each ${f('intervalMs')} only.`,
    cause: 'Trouble is found by requests instead of checks.',
    advice: 'Check at least once a minute.',
    prevention: 'An interval under the idle limit of the servers.',
  },
  'cleanup-late': {
    title: 'Clean-up comes late',
    text: (f) => `Idle connections may be closed after ${f('idleMs')}, but are looked for each ${f('cleanupMs')}.`,
    cause: 'cleanup_interval is much longer than idle_timeout.',
    advice: 'Clean up about as often as connections become idle.',
    prevention: 'Keep cleanup_interval at idle_timeout or below.',
  },
  'peers-close': {
    title: 'Servers close connections first',
    text: (f, n) => `Servers closed ${n('closes', 'connection')} in the last ${f('spanMs')}.`,
    cause: 'Their idle limit is shorter than ours, or they restart.',
    advice: 'Shorten idle_timeout, or check more often so that they stay in use.',
    prevention: 'The pool learns a server’s limit once it has seen it; a Keep-Alive header tells it at once.',
  },
  'network-breaks': {
    title: 'The network breaks connections',
    text: (f, n) => `${f('broken')} of about ${n('connections', 'connection')} broke in the last ${f('spanMs')}.`,
    cause: 'The network, a proxy or a firewall between drops them.',
    advice: 'Check all now: broken ones are removed and dialled again at once.',
    prevention: 'Check more often than the firewall’s idle limit.',
  },
  'dials-time-out': {
    title: 'Dials time out',
    text: (f, n) =>
      `${f('failed')} of ${n('dials', 'dial')} timed out in the last minute; ${n('ips', 'IP did not answer', 'IPs did not answer')} within ${f('timeoutMs')}.`,
    cause: 'Network latency is high, or the IPs are gone.',
    advice: 'Allow more time for a dial, and look at the IPs.',
    prevention: 'Watch the handshake times of the network.',
  },
  'dials-refused': {
    title: 'Servers refuse connections',
    text: (f, n) =>
      `Refused, reset or busy: ${f('failed')} of ${n('dials', 'dial')} in the last minute, at ${n('ips', 'IP')} in the last five.`,
    cause: 'The servers limit how many connections they take, and how fast.',
    advice: 'Dial fewer at a time to one host.',
    prevention: 'Spread the connections over more IPs.',
  },
  'handshakes-fail': {
    title: 'TLS handshakes fail',
    text: (_, n) => `${n('ips', 'IP')} failed in the TLS handshake in the last five minutes.`,
    cause: 'A certificate that is not valid for the host, or servers that do not finish the handshake.',
    advice:
      'Open one of the IPs: its error names the certificate and its dates. An authority of your own is named in ca_file of the host’s [[targets]]. Other IPs are dialled in its place.',
    prevention: 'Watch the dates of certificates.',
  },
  'protocols-refused': {
    title: 'A TLS profile is refused',
    text: (_, n) => `${n('ips', 'IP')} refused every TLS profile of the host.`,
    cause: 'The server speaks none of the versions or ciphers that were offered.',
    advice: 'Give the target more profiles, tls12-only among them.',
    prevention: 'Leave profile_choice at a set rather than one profile.',
  },
  'answers-bad': {
    title: 'Servers answer, but not well',
    text: (_, n) => `${n('ips', 'IP')} answered with a status that is not good in the last five minutes.`,
    cause: 'The target’s path does not exist there, or the servers are busy, block us, or want credentials.',
    advice: 'Look at the statuses; set the target’s path or status_good to what a good answer is.',
    prevention: 'Choose a path that costs the server little and always answers.',
  },
  'host-cold': {
    title: 'A host that is asked for has no connection',
    text: (_, n) =>
      `${n('waiting', 'caller waits', 'callers wait')}; ${n('dialing', 'connection')} to ${n('ips', 'IP')} being made, none ready.`,
    cause: 'It was not warmed, or its connections have just gone.',
    advice: 'Warm it up now.',
    prevention: 'Set a floor (min_idle_per_host), or warm it at start.',
  },
  'nothing-left': {
    title: 'Nothing is left to serve a host',
    text: (f, n) =>
      `None of ${n('ips', 'IP')} is available, ${f('ejected')} of them ejected; ${n('waiting', 'caller waits', 'callers wait')}.`,
    cause: 'All of its IPs have failed.',
    advice: 'Have another source for this host’s data, until its IPs come back by themselves.',
    prevention: 'Watch more IPs of the host, so that a bad part of them leaves enough.',
  },
  'host-blocks-us': {
    title: 'A host blocks us',
    text: (f) => `Every IP of it (${f('ips')}) answers that we may not ask.`,
    cause: 'We ask too often, or in a way that it does not want.',
    advice: 'Ask less often, with fewer connections at a time.',
    prevention: 'Stay under its limits; spread requests over time.',
  },
  'host-panics': {
    title: 'Ejections of a host are ignored',
    text: (f, n) =>
      `${f('available')} of ${n('ips', 'IP')} available, under ${f('thresholdShare')}: ejected ones are used as well.`,
    cause: 'So many IPs failed that those left could not carry the load.',
    advice: 'See what they have in common; check all now.',
    prevention: 'More IPs, or a lower panic_share where failing fast is better.',
  },
  'machine-offline': {
    title: 'This machine has trouble',
    text: (f) => `${f('trouble')}, for ${f('lastedMs')}. No IP is blamed for it.`,
    cause: 'The network of this machine, its name servers or its file descriptors.',
    advice: 'Mend the machine’s network or limits; the pool goes on by itself.',
    prevention: 'Allow more file descriptors than connections.',
  },
  'names-fail': {
    title: 'Names cannot be resolved',
    text: (f, n) =>
      `${n('hosts', 'host has no address', 'hosts have no address')} (${f('host')}); ${n('ips', 'IP')} failed for DNS.`,
    cause: 'The name servers do not answer, or the name is wrong.',
    advice: 'Check the names, give other resolvers in [dns], refresh more often.',
    prevention: 'Give more than one resolver.',
  },
  'warm-up-times-out': {
    title: 'A warm-up timed out',
    text: (f, n) => `${f('timedOut')} of ${n('done', 'connection')} did not come in ${f('timeoutMs')}.`,
    cause: 'Network latency is high.',
    advice: 'Warm up with a longer timeout and fewer at a time: the scenario “Unstable network”.',
    prevention: 'Watch the quality of the network.',
  },
  'warm-up-fails': {
    title: 'Too many connections of a warm-up failed',
    text: (f, n) =>
      `${f('failed')} of ${n('done', 'connection')} failed (${f('errorClass')}): success ${f('successShare')}, under ${f('thresholdShare')}.`,
    cause: 'The servers limit us, or a part of the IPs is bad.',
    advice: 'Try the failed ones again; lower the concurrency when they refuse.',
    prevention: 'Spread over more IPs, and keep bad ones on the black list.',
  },
  'warm-up-slow': {
    title: 'A warm-up took long',
    text: (f, n) =>
      `It took ${f('tookMs')} at ${n('concurrency', 'dial')} at once (${f('perSecond')} a second); the engine would carry ${f('pace')}.`,
    cause: 'The job’s concurrency holds it back.',
    advice: 'Give the next warm-up a higher concurrency.',
    prevention: 'Let the adaptive pace find it.',
  },
  'warm-up-rests': {
    title: 'A warm-up rests much of its time',
    text: (f) => `It rested ${f('restedMs')} of ${f('tookMs')}.`,
    cause: 'rest_ms is set.',
    advice: 'Leave the pace to [dial]: it slows down by itself when dials fail.',
    prevention: 'Rest only where a server asks for it.',
  },
  'warm-up-clipped': {
    title: 'A warm-up did not fit the limits',
    text: (f, n) => `${f('warmed')} of ${n('wanted', 'connection')} warmed: ${f('limitKey')} is ${f('limit')}.`,
    cause: 'A limit is smaller than the job.',
    advice: 'Raise the limits.',
    prevention: 'The plan says before the start what fits.',
  },
  'warm-up-slower-than-usual': {
    title: 'A host answers more slowly than usual',
    text: (f) => `Its mean response in the last warm-up was ${f('aboveShare')} the ${f('usualMs')} of quiet minutes.`,
    cause: 'The servers or the way to them are busier than usual.',
    advice: 'Look at its IPs; warm fewer at a time.',
    prevention: 'Warm up in quiet times.',
  },
  'cold-starts': {
    title: 'Many requests pay for a handshake',
    text: (_, n) => `${n('made', 'connection')} made for ${n('leases', 'lease')} in the last minute.`,
    cause: 'Connections are made when they are asked for.',
    advice: 'Keep some idle for each host, or warm up before the load.',
    prevention: 'A floor, and `warm` in [[targets]].',
  },
  'scenario-high-availability': {
    title: 'A warm-up for high availability fits',
    text: (f, n) =>
      `${f('requestsPerSecond')} requests a second: the scenario warms ${n('connections', 'connection')}, ${f('concurrency')} at once, ${n('retries', 'retry', 'retries')}.`,
    cause: 'The load is over 100 requests a second.',
    advice: 'Warm up with “High availability”.',
    prevention: 'Warm up after each start.',
  },
  'scenario-medium-load': {
    title: 'A warm-up for medium load fits',
    text: (f, n) =>
      `${f('requestsPerSecond')} requests a second: the scenario warms ${n('connections', 'connection')}, ${f('concurrency')} at once, ${n('retries', 'retry', 'retries')}.`,
    cause: 'The load is between 10 and 100 requests a second.',
    advice: 'Warm up with “Medium load”.',
    prevention: 'Warm up after each start.',
  },
  'scenario-low-latency': {
    title: 'A warm-up for low latency fits',
    text: (f) => `A cold request takes ${f('coldMs')}, a hot one ${f('hotMs')}, and many are cold.`,
    cause: 'Handshakes are the larger part of the time.',
    advice: 'Warm up with “Low latency”.',
    prevention: 'Keep a floor of idle connections.',
  },
  'scenario-unstable-network': {
    title: 'A warm-up for an unstable network fits',
    text: (f, n) => `${f('failedShare')} of ${n('dials', 'dial')} of the last minute failed.`,
    cause: 'The network loses a part of the connections.',
    advice: 'Warm up with “Unstable network”: fewer at once, more time, more retries.',
    prevention: 'Watch the dial failures.',
  },
  'lists-empty': {
    title: 'The lists could help',
    text: (f) => `Success is ${f('successShare')}, and no IP is on the white list.`,
    cause: 'Good and bad IPs are asked alike.',
    advice: 'Let validations fill the white list, and block what keeps failing.',
    prevention: 'White list and black list together lift the success most.',
  },
  'bad-ips-unlisted': {
    title: 'Some IPs fail again and again',
    text: (f, n) =>
      `${n('ips', 'IP has been ejected several times, or is held', 'IPs have been ejected several times, or are held')} in use only by the share: ${f('ip')} of ${f('host')} among them.`,
    cause: 'The automaton lets them come back each time.',
    advice: 'Block them yourself: an operator’s ban is never probed.',
    prevention: 'Look at the IPs with the most ejections from time to time.',
  },
  'lists-block-all': {
    title: 'The lists block a host altogether',
    text: (f) => `Every IP of the host (${f('ips')}) is forbidden by a person’s rule.`,
    cause: 'An entry covers too much, or only listed IPs are allowed.',
    advice: 'Test an IP in Access lists: it names the rule.',
    prevention: 'Read the warning before a wide entry is applied.',
  },
  'loop-late': {
    title: 'The engine is late',
    text: (f) => `Its event loop was late by ${f('delayP99Ms')} (p99), over ${f('thresholdMs')}.`,
    cause: 'Too much work in one process: checks, dials or callers that compute.',
    advice: 'Fewer checks and dials at a time; take a CPU profile when it stays.',
    prevention: 'Keep heavy work out of the process that runs the pool.',
  },
  'cpu-high': {
    title: 'The engine keeps a core busy',
    text: (f) => `It uses ${f('cpuShare')} of a core, over ${f('thresholdShare')}.`,
    cause: 'Handshakes, encryption, or the program’s own work.',
    advice: 'Take a CPU profile and look what it is.',
    prevention: 'Reuse connections: a handshake costs a hundred requests.',
  },
  'memory-grows': {
    title: 'Memory grows',
    text: (f) => `It grew by ${f('grownBytes')} to ${f('nowBytes')} in ${f('spanMs')}.`,
    cause: 'Leases or bodies that are kept, or a leak.',
    advice: 'Look for leases that are held long; take a heap snapshot.',
    prevention: 'Release leases, read or drop bodies.',
  },
  'memory-high': {
    title: 'The engine takes much of this machine’s memory',
    text: (f, n) => `${f('usedBytes')} of ${f('machineBytes')}, with ${n('connections', 'connection')}.`,
    cause: 'Many connections are kept, each with its buffers.',
    advice: 'Keep fewer idle connections.',
    prevention: 'Plan about 65 KB for an HTTP/1.1 and 100 KB for an HTTP/2 connection.',
  },
  'churn-high': {
    title: 'Connections come and go all the time',
    text: (f) => `${f('changes')} were made or closed in the last ${f('spanMs')}; there are ${f('connections')}.`,
    cause: 'Short times, or servers that close after each answer.',
    advice: 'Raise idle_timeout and see the close reasons.',
    prevention: 'Keep connections for as long as they are good.',
  },
  'pace-fixed': {
    title: 'The pace of dialling cannot adapt',
    text: (f, n) =>
      `${f('failed')} of ${n('dials', 'dial')} failed, and the pace stays at ${f('concurrency')} at once.`,
    cause: 'concurrency_min equals concurrency_max.',
    advice: 'Let the pace move between the two.',
    prevention: 'Fix it only for measurements.',
  },
  'preset-low-fits': {
    title: 'The preset for low concurrency fits',
    text: (f, n) =>
      `${f('requestsPerSecond')} requests a second are under 10; ${n('keys', 'key differs', 'keys differ')}.`,
    cause: 'The settings are meant for another load.',
    advice: 'Apply the preset, or keep what you chose on purpose.',
    prevention: 'Look again when the load changes.',
  },
  'preset-medium-fits': {
    title: 'The preset for medium concurrency fits',
    text: (f, n) =>
      `${f('requestsPerSecond')} requests a second are between 10 and 100; ${n('keys', 'key differs', 'keys differ')}.`,
    cause: 'The settings are meant for another load.',
    advice: 'Apply the preset, or keep what you chose on purpose.',
    prevention: 'Look again when the load changes.',
  },
  'preset-high-fits': {
    title: 'The preset for high concurrency fits',
    text: (f, n) =>
      `${f('requestsPerSecond')} requests a second are over 100; ${n('keys', 'key differs', 'keys differ')}.`,
    cause: 'The settings are meant for another load.',
    advice: 'Apply the preset, or keep what you chose on purpose.',
    prevention: 'Look again when the load changes.',
  },
  'outside-recommended': {
    title: 'Settings outside what is recommended',
    text: (f, n) => `${n('keys', 'key')}: ${f('names')}.`,
    cause: 'They were set so on purpose, or by mistake.',
    advice: 'Bring them back unless a measurement says otherwise.',
    prevention: 'Note beside the key why it is so.',
  },
  'alerts-off': {
    title: 'An alert can never fire',
    text: (f) => `${f('names')} is 0.`,
    cause: 'Its threshold has been set to nothing.',
    advice: 'Set it back; an alert that is too much can be muted for a time.',
    prevention: 'Mute instead of switching off.',
  },
  'log-too-quiet': {
    title: 'The log says too little for this trouble',
    text: (f) => `Success is ${f('successShare')}, and the log keeps “${f('level')}” and above only.`,
    cause: 'log_level leaves out what explains it.',
    advice: 'Set it to debug until the cause is found.',
    prevention: 'Leave it at info in quiet times.',
  },
  'log-too-loud': {
    title: 'The log is still at debug',
    text: (f) => `All is well, and each step of each acquire has been logged for ${f('uptimeMs')}.`,
    cause: 'It was left so after a search.',
    advice: 'Set it back to info.',
    prevention: 'Debug costs time and room on the disk.',
  },
  'limits-untested': {
    title: 'New settings have seen no load run',
    text: (f) => `The configuration was changed ${f('agoMs')} ago, and no load has been run since.`,
    cause: 'Limits show under load whether they are right.',
    advice: 'Run a load in Requests and compare.',
    prevention: 'Measure before and after each change.',
  },
  'history-stopped': {
    title: 'Nothing is being recorded',
    text: (f) => f('reason'),
    cause: 'The history’s file cannot be written.',
    advice: 'Make room on the disk, or mend the folder’s permissions; recording goes on by itself.',
    prevention: 'Leave a gigabyte for the history.',
  },
};
