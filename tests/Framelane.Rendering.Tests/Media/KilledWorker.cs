using System.Diagnostics;
using Framelane.Rendering.Media;

namespace Framelane.Rendering.Tests.Media;

/// <summary>A process that starts a media program and waits, to be killed meanwhile.</summary>
static class KilledWorker
{
    /// <summary>Kills (SIGKILL) such a process while its program runs.</summary>
    public static async Task KillAsync(bool sandbox, string seconds)
    {
        // Path and not the process's own: that is the test host's.
        using var process = Process.Start(new ProcessStartInfo("dotnet", [typeof(KilledWorker).Assembly.Location, $"{sandbox}", seconds]) { RedirectStandardOutput = true })!;
        try
        {
            Assert.That(await process.StandardOutput.ReadLineAsync().WaitAsync(TimeSpan.FromMinutes(1)), Is.EqualTo("started"));
        }
        finally
        {
            process.Kill();
            await process.WaitForExitAsync();
        }
    }

    /// <summary>The process itself.</summary>
    public static async Task RunAsync(string[] args)
    {
        await using var program = await new MediaTool(new() { Sandbox = bool.Parse(args[0]) }).StartAsync(new("sh", ["-c", $"echo started; exec sleep {args[1]}"], []));
        await new StreamReader(program.Output).ReadLineAsync();
        Console.WriteLine("started");
        await Task.Delay(Timeout.Infinite);
    }
}
