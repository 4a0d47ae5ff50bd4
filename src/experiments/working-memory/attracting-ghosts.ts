import type { MemoryLook } from './seed-run.js'

/** Ghosts that attract along all directions but the slow one: those that hold a state that comes near. */
export const attractingGhosts = ({ ghosts }: MemoryLook) => ghosts.filter(({ stable }) => stable)
