using Framelane.Rendering.Tests;
using Framelane.Rendering.Tests.Media;

// The test host loads this assembly; only tests that need another process run it.
if (args is [Kernels.Argument])
    Kernels.Write();
else
    await KilledWorker.RunAsync(args);
