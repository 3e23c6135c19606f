/** The exchange whose answer is shown: what hands it on whole, from deep within the answer, asks here. Null where a part is shown alone. */
import { createContext } from 'react'
import type { Exchange } from '#contract/model/exchange.ts'

export const ShownExchange = createContext<Exchange | null>(null)
