using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json.Nodes;
using System.Web;
using Framelane.Infrastructure.Tests;
using Microsoft.IdentityModel.Tokens;

namespace Framelane.Api.Tests.Http.Sessions;

/// <summary>npm's <c>oidc-provider</c> (tests/oidc-provider) on a loopback port, and the console that asks it for tokens.</summary>
sealed class OidcProvider : IAsyncDisposable
{
    /// <summary>The page of the console, by which the provider's session tokens name it (<c>azp</c>).</summary>
    public const string Origin = "https://console.example.com";

    static readonly NpmServer Program = new("oidc-provider");

    readonly int port;

    Process process;

    OidcProvider(int port, Process process) => (this.port, this.process) = (port, process);

    public string Issuer => $"http://127.0.0.1:{port}";

    /// <summary>The client of which ID tokens are signed by that algorithm; their audience.</summary>
    public static string Client(string algorithm = "RS256") => $"console-{algorithm}";

    public static async Task<OidcProvider> StartAsync()
    {
        var port = LoopbackPort.Free();
        return new(port, await RunAsync(port));
    }

    /// <summary>Logs in by the code flow (OpenID Connect Core, 3.1), as a browser and the page behind it do.</summary>
    public async Task<(string IdToken, string SessionToken)> LogInAsync(string subject, string algorithm = "RS256")
    {
        var verifier = Base64UrlEncoder.Encode(RandomNumberGenerator.GetBytes(32));
        using var http = new HttpClient(new SocketsHttpHandler { AllowAutoRedirect = false, UseProxy = false });
        var url = new Uri($"{Issuer}/auth?" + Form(
            ("client_id", Client(algorithm)),
            ("redirect_uri", $"{Origin}/back"),
            ("response_type", "code"),
            ("scope", "openid email"),
            ("login_hint", subject),
            ("code_challenge", Base64UrlEncoder.Encode(SHA256.HashData(Encoding.ASCII.GetBytes(verifier)))),
            ("code_challenge_method", "S256")));
        while (!url.AbsoluteUri.StartsWith(Origin, StringComparison.Ordinal))
        {
            using var step = await http.GetAsync(url);
            url = new(url, step.Headers.Location ?? throw new InvalidOperationException(await step.Content.ReadAsStringAsync()));
        }

        using var code = new StringContent(
            Form(
                ("client_id", Client(algorithm)),
                ("redirect_uri", $"{Origin}/back"),
                ("grant_type", "authorization_code"),
                ("code", HttpUtility.ParseQueryString(url.Query)["code"]!),
                ("code_verifier", verifier)),
            Encoding.ASCII,
            "application/x-www-form-urlencoded");
        using var answer = await http.PostAsync(new Uri($"{Issuer}/token"), code);
        var tokens = JsonNode.Parse(await answer.Content.ReadAsStringAsync())!;
        return ((string)tokens["id_token"]!, (string)tokens["access_token"]!);
    }

    /// <summary>Has it sign with new keys, beside which the old ones are published still.</summary>
    public Task RotateAsync() => AskAsync("rotate");

    /// <summary>Has it publish its newest keys alone.</summary>
    public Task RetireAsync() => AskAsync("retire");

    /// <summary>How often its keys were asked for.</summary>
    public async Task<int> ReadsAsync() => int.Parse(await AskAsync("reads"), CultureInfo.InvariantCulture);

    /// <summary>The key that it signs with by RS256.</summary>
    public async Task<JsonWebKey> PrivateKeyAsync() => new(await AskAsync("key"));

    public Task StopAsync() => NpmServer.EndAsync(process);

    /// <summary>Where it was, with keys that nobody has seen.</summary>
    public async Task StartAgainAsync() => process = await RunAsync(port);

    public async ValueTask DisposeAsync()
    {
        if (!HasEnded())
            await StopAsync();
    }

    bool HasEnded()
    {
        try
        {
            return process.HasExited;
        }
        catch (InvalidOperationException)
        {
            return true;
        }
    }

    async Task<string> AskAsync(string command)
    {
        await process.StandardInput.WriteLineAsync(command);
        using var timeout = new CancellationTokenSource(NpmServer.Patience);
        return await process.StandardOutput.ReadLineAsync(timeout.Token) ?? throw new InvalidOperationException("The provider has ended.");
    }

    static string Form(params (string Name, string Value)[] fields) =>
        string.Join('&', fields.Select(field => $"{field.Name}={WebUtility.UrlEncode(field.Value)}"));

    static async Task<Process> RunAsync(int port) => (await Program.StartAsync($"{port}")).Process;
}
