import { memoryParts } from '../working-memory/parts.js'
import { rankTwoPicture } from './picture.js'

export const parts = memoryParts(2, rankTwoPicture)
