/** Words of a target's form. */
export const words = {
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
