using Framelane.Infrastructure.Tests.Schema;

// The test host loads this assembly; only tests that kill a process run it.
return await KilledStart.RunAsync(args);
