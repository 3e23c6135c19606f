/** The URL of a sent request as it is shown in lines: without credentials in its query, and without the values of secrets. */
import { useContext } from 'react'
import type { SentRequest } from '#contract/model/exchange.ts'
import { withMaskedParams } from '#contract/model/secret-params.ts'
import { MASK } from '../../lib/mask-header.ts'
import { maskTexts } from '../../lib/mask-texts.ts'
import { SecretTexts } from './secret-texts.ts'

export function useShownUrl(): (request: Pick<SentRequest, 'url' | 'secretParams'>) => string {
  const secrets = useContext(SecretTexts)
  return ({ url, secretParams = [] }) => maskTexts(withMaskedParams(url, secretParams, MASK), secrets)
}
