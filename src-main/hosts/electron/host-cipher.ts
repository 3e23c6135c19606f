/** Secrets encrypted by the system's own key store, as far as it has one. */
import { safeStorage } from 'electron'
import type { HostCipher } from '#core/ports.ts'

/**
 * Call it once the app is ready.
 *
 * @returns null where the system has no key store: Electron would then encrypt with a key that everyone knows
 */
export function systemCipher(platform: NodeJS.Platform): HostCipher | null {
  if (!safeStorage.isEncryptionAvailable()) return null
  if (platform === 'linux' && safeStorage.getSelectedStorageBackend() === 'basic_text') return null
  return {
    name: 'electron-safe-storage',
    encrypt: async (text) => safeStorage.encryptString(text),
    decrypt: async (sealed) => safeStorage.decryptString(Buffer.from(sealed)),
  }
}
