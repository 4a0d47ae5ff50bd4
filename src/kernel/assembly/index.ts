// What the module exports: one line for each network.
export * from './rank-one'
