using Framelane.Rendering.Tests;
using Framelane.Rendering.Tests.Media;

// The test host loads this assembly; only tests that need another process run it.
if (args is [Elsewhere.Argument, var work])
    Elsewhere.Write(work);
else
    await KilledWorker.RunAsync(args);
