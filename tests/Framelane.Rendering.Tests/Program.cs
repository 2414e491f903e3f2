using Framelane.Rendering.Tests.Media;

// The test host loads this assembly; only tests that kill a process run it.
await KilledWorker.RunAsync(args);
