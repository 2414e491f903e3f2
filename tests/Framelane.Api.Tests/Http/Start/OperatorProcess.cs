using System.Diagnostics;

namespace Framelane.Api.Tests.Http.Start;

/// <summary>A command of the operator, as a process of its own beside whatever runs.</summary>
sealed record OperatorProcess(int Code, string[] Output, string Faults)
{
    public static async Task<OperatorProcess> RunAsync(string dataPath, params string[] arguments)
    {
        using var process = Process.Start(new ProcessStartInfo("dotnet", [ServerProgram.Path, "admin", .. arguments, $"--Framelane:DataPath={dataPath}"])
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            WorkingDirectory = Path.GetTempPath(),
        })!;
        var (output, faults) = (process.StandardOutput.ReadToEndAsync(), process.StandardError.ReadToEndAsync());
        await process.WaitForExitAsync().WaitAsync(TimeSpan.FromMinutes(2));
        return new(process.ExitCode, (await output).Split('\n', StringSplitOptions.RemoveEmptyEntries), await faults);
    }

    /// <summary>The columns of a line.</summary>
    public string[] Columns(int line = 0) => Output[line].Split('\t');
}
