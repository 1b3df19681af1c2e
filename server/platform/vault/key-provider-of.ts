/** The provider of key-encryption keys that the configuration names: AWS KMS, or the key file. */
import type { Config } from '../config.ts'
import { awsKms } from './aws-kms.ts'
import type { KeyProvider } from './key-provider.ts'
import { localKeys } from './local-keys.ts'

export const keyProviderOf = ({ kms, keyFile }: Pick<Config, 'kms' | 'keyFile'>): KeyProvider =>
  kms ? awsKms(kms) : localKeys(keyFile)
