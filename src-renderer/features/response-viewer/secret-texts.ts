/** Texts to hide wherever the sent request is shown: the values that its secret variables had. */
import { createContext } from 'react'

export const SecretTexts = createContext<readonly string[]>([])
