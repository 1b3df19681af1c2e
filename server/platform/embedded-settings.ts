/** The server settings of the embedded database: safe with data first, sized for a small site. */
import type { Address } from './embedded-lock.ts'

const always: Readonly<Record<string, string>> = {
  max_connections: '200',
  shared_buffers: '256MB',
  effective_cache_size: '1GB',
  work_mem: '8MB',
  maintenance_work_mem: '128MB',
  random_page_cost: '1.1',
  jit: 'off',
  fsync: 'on',
  full_page_writes: 'on',
  synchronous_commit: 'on',
  wal_compression: 'on',
  min_wal_size: '128MB',
  max_wal_size: '1GB',
  checkpoint_timeout: '5min',
  password_encryption: 'scram-sha-256',
  timezone: 'UTC',
  log_timezone: 'UTC',
  logging_collector: 'off',
  log_checkpoints: 'off',
  // Errors reach Attend itself; in this log they would carry values of patients ('Key (email)=(...) already exists').
  log_min_messages: 'log',
  log_min_error_statement: 'panic',
  log_error_verbosity: 'terse',
  log_parameter_max_length: '0',
}

/**
 * Settings for a database that a test makes and throws away: it survives no crash of the machine, and saves most of
 * the time spent waiting for the disk. Never for a database that anyone needs.
 */
export const throwawaySettings: Readonly<Record<string, string>> = {
  fsync: 'off',
  full_page_writes: 'off',
  synchronous_commit: 'off',
  wal_level: 'minimal',
  max_wal_senders: '0',
  autovacuum: 'off',
  shared_buffers: '128MB',
}

/** The `-c name=value` arguments of the server; `extra` wins over ours, the address and the tag win over both. */
export function settingArguments(extra: Readonly<Record<string, string>>, address: Address, tag: string): string[] {
  const onTcp = !address.host.startsWith('/')
  const settings = {
    ...always,
    ...extra,
    listen_addresses: onTcp ? address.host : '',
    unix_socket_directories: onTcp ? '' : address.host,
    unix_socket_permissions: '0700',
    port: String(address.port),
    cluster_name: tag,
  }
  return Object.entries(settings).flatMap(([name, value]) => ['-c', `${name}=${value}`])
}
