using System.Diagnostics;
using System.Text.Json;

namespace Framelane.Api.Tests.Verifiers;

/// <param name="Headers">Those of the delivery; names in any case.</param>
/// <param name="At">The receiver's clock in Unix seconds; null for the real one.</param>
public sealed record VerifierCase(IReadOnlyDictionary<string, string> Headers, byte[] Body, string Secret, long? At = null);

/// <summary>What each library says: null where it accepts the delivery, otherwise why not.</summary>
public sealed record NodeVerdict(string? Stripe, string? Standardwebhooks);

/// <param name="Timestamp">Unix seconds.</param>
public sealed record EventToSign(string Payload, string Secret, long Timestamp);

/// <summary>Verifies deliveries with npm's <c>stripe</c> and <c>standardwebhooks</c> (tests/verifiers-node).</summary>
/// <remarks>Without node and npm it throws: a machine that cannot run this check must not look as if it had passed.</remarks>
public static class NodeVerifier
{
    static readonly TimeSpan Patience = TimeSpan.FromMinutes(2);

    static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.Web);

    static readonly Lazy<Task<string>> Installed = new(InstallAsync);

    public static async Task<IReadOnlyList<NodeVerdict>> VerifyAsync(params IReadOnlyList<VerifierCase> cases)
    {
        var folder = await Installed.Value;
        var output = await RunAsync(folder, JsonSerializer.Serialize(cases, Json), "node", "verify.mjs");
        return JsonSerializer.Deserialize<NodeVerdict[]>(output, Json) is { } verdicts && verdicts.Length == cases.Count
            ? verdicts
            : throw new InvalidOperationException($"verify.mjs did not judge every case: {output}");
    }

    /// <summary>Headers that npm's <c>stripe</c> makes for events of theirs.</summary>
    public static async Task<string[]> SignEventsAsync(params IReadOnlyList<EventToSign> events)
    {
        var folder = await Installed.Value;
        return JsonSerializer.Deserialize<string[]>(await RunAsync(folder, JsonSerializer.Serialize(events, Json), "node", "sign-event.mjs"))!;
    }

    static async Task<string> InstallAsync()
    {
        var folder = FindFolder();
        await RunAsync(folder, "", "npm", "ci", "--no-audit", "--no-fund", "--ignore-scripts");
        return folder;
    }

    static string FindFolder()
    {
        for (var folder = new DirectoryInfo(AppContext.BaseDirectory); folder is not null; folder = folder.Parent)
        {
            var candidate = Path.Combine(folder.FullName, "tests", "verifiers-node");
            if (File.Exists(Path.Combine(candidate, "verify.mjs")))
                return candidate;
        }

        throw new InvalidOperationException("The tests do not run from within the repository: there is no tests/verifiers-node above them.");
    }

    static async Task<string> RunAsync(string folder, string input, string program, params string[] arguments)
    {
        using var process = Start(new ProcessStartInfo(program, arguments)
        {
            WorkingDirectory = folder,
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        });
        using var timeout = new CancellationTokenSource(Patience);
        try
        {
            var output = process.StandardOutput.ReadToEndAsync(timeout.Token);
            var errors = process.StandardError.ReadToEndAsync(timeout.Token);
            await process.StandardInput.WriteAsync(input.AsMemory(), timeout.Token);
            process.StandardInput.Close();
            await process.WaitForExitAsync(timeout.Token);
            return process.ExitCode == 0
                ? await output
                : throw new InvalidOperationException($"{program} {arguments[0]} failed with {process.ExitCode}: {await errors}");
        }
        finally
        {
            if (!process.HasExited)
                process.Kill(entireProcessTree: true);
        }
    }

    static Process Start(ProcessStartInfo start)
    {
        try
        {
            return Process.Start(start)!;
        }
        catch (System.ComponentModel.Win32Exception e)
        {
            throw new InvalidOperationException(
                $"Cannot start {start.FileName}: the signatures are verified with the libraries that receivers use, which takes node 20 or later with npm.",
                e);
        }
    }
}
