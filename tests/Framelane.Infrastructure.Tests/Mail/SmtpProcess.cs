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
sealed class SmtpProcess : IAsyncDisposable
{
    static readonly NpmServer Program = new("smtp-server");

    static readonly JsonSerializerOptions Given = new(JsonSerializerOptions.Web) { DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull };

    readonly List<TakenMail> taken = [];

    readonly Process process;

    bool isStopped;

    SmtpProcess(Process process, int port)
    {
        (this.process, Port) = (process, port);
        _ = TakeAllAsync();
    }

    public int Port { get; }

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
        var options = JsonSerializer.Serialize(new { port, user, password, refuse, key, cert }, Given);
        var (process, line) = await Program.StartAsync(options);
        return new(process, int.Parse(line, CultureInfo.InvariantCulture));
    }

    public async ValueTask DisposeAsync()
    {
        if (isStopped)
            return;
        isStopped = true;
        await NpmServer.EndAsync(process);
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
}
