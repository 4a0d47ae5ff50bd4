import { memoryParts } from '../working-memory/parts.js'
import { fullRankPicture } from './picture.js'

export const parts = memoryParts('full', fullRankPicture)
