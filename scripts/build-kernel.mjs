// Compiles the AssemblyScript kernels under src/kernel/assembly to WebAssembly.
