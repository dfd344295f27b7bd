/** Words of a target's form. */
export const words = {
  none: 'No host is watched',
  noneText: 'Add one: it is looked up, warmed and watched at once, without a restart.',
  labels: {
    host: 'Host',
    path: 'Path',
    ips: 'IPs',
    warm: 'Warm connections',
    profiles: 'TLS profiles',
    profile_choice: 'Choice of profile',
    ca_file: 'File of authorities',
    client_cert_file: 'Client certificate',
    client_key_file: 'Its private key',
    client_key_passphrase_file: 'Passphrase of that key',
  } as Readonly<Record<string, string>>,
  more: 'TLS profiles, authorities, client certificate',
  byDefault: 'by default',
};
