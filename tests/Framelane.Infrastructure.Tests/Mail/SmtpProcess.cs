using System.Diagnostics;
using System.Globalization;
using System.Text.Json;
using System.Text.Json.Serialization;
using MimeKit;

namespace Framelane.Infrastructure.Tests.Mail;

/// <summary>A mail that a server took.</summary>
/// <param name="User">Who had logged in.</param>
/// <param name="IsSecure">Whether it came over TLS.</param>
public sealed record TakenMail(IReadOnlyList<string> To, string? User, bool IsSecure, MimeMessage Message);

/// <summary>npm's <c>smtp-server</c> (tests/smtp-server) on loopback: somebody else's reading of the protocol.</summary>
/// <remarks>Without node and npm it throws: a machine that cannot run this check must not look as if it had passed.</remarks>
sealed class SmtpProcess : IAsyncDisposable
{
    static readonly TimeSpan Patience = TimeSpan.FromMinutes(2);

    static readonly JsonSerializerOptions Given = new(JsonSerializerOptions.Web) { DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull };

    static readonly Lazy<Task<string>> Installed = new(InstallAsync);

    readonly List<TakenMail> taken = [];

    readonly Process process;

    bool isStopped;

    SmtpProcess(Process process) => this.process = process;

    public int Port { get; private set; }

    public IReadOnlyList<TakenMail> Taken
    {
        get
        {
            lock (taken)
                return [.. taken];
        }
    }

    /// <param name="port">0 for a free one.</param>
    /// <param name="refuse">A recipient that has no mailbox there.</param>
    /// <param name="key">PEM; with it the server offers STARTTLS.</param>
    public static async Task<SmtpProcess> StartAsync(
        int port = 0, string? user = null, string? password = null, string? refuse = null, string? key = null, string? cert = null)
    {
        var folder = await Installed.Value;
        var options = JsonSerializer.Serialize(new { port, user, password, refuse, key, cert }, Given);
        var server = new SmtpProcess(Start(folder, "node", "server.mjs", options));
        try
        {
            await server.ListenAsync();
            return server;
        }
        catch
        {
            await server.DisposeAsync();
            throw;
        }
    }

    public async ValueTask DisposeAsync()
    {
        if (isStopped)
            return;
        isStopped = true;
        process.Kill(entireProcessTree: true);
        await process.WaitForExitAsync();
        process.Dispose();
    }

    async Task ListenAsync()
    {
        using var timeout = new CancellationTokenSource(Patience);
        Port = int.Parse(
            await process.StandardOutput.ReadLineAsync(timeout.Token)
            ?? throw new InvalidOperationException($"smtp-server did not start: {await process.StandardError.ReadToEndAsync(timeout.Token)}"),
            CultureInfo.InvariantCulture);
        _ = process.StandardError.ReadToEndAsync(CancellationToken.None);
        _ = TakeAllAsync();
    }

    async Task TakeAllAsync()
    {
        while (await process.StandardOutput.ReadLineAsync() is { } line)
            Take(line);
    }

    void Take(string line)
    {
        var mail = JsonDocument.Parse(line).RootElement;
        using var message = new MemoryStream(mail.GetProperty("message").GetBytesFromBase64());
        lock (taken)
        {
            taken.Add(new(
                [.. mail.GetProperty("to").EnumerateArray().Select(address => address.GetString()!)],
                mail.GetProperty("user").GetString(),
                mail.GetProperty("secure").GetBoolean(),
                MimeMessage.Load(message)));
        }
    }

    static async Task<string> InstallAsync()
    {
        var folder = FindFolder();
        using var npm = Start(folder, "npm", "ci", "--no-audit", "--no-fund", "--ignore-scripts");
        using var timeout = new CancellationTokenSource(Patience);
        var said = await Task.WhenAll(npm.StandardOutput.ReadToEndAsync(timeout.Token), npm.StandardError.ReadToEndAsync(timeout.Token));
        await npm.WaitForExitAsync(timeout.Token);
        return npm.ExitCode == 0 ? folder : throw new InvalidOperationException($"npm ci failed with {npm.ExitCode}: {string.Concat(said)}");
    }

    static string FindFolder()
    {
        for (var folder = new DirectoryInfo(AppContext.BaseDirectory); folder is not null; folder = folder.Parent)
        {
            var candidate = Path.Combine(folder.FullName, "tests", "smtp-server");
            if (File.Exists(Path.Combine(candidate, "package.json")))
                return candidate;
        }

        throw new InvalidOperationException("The tests do not run from within the repository: there is no tests/smtp-server above them.");
    }

    static Process Start(string folder, string program, params string[] arguments) => Process.Start(new ProcessStartInfo(program, arguments)
    {
        WorkingDirectory = folder,
        RedirectStandardOutput = true,
        RedirectStandardError = true,
    })!;
}
