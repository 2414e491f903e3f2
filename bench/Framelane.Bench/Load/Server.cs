using System.Diagnostics;
using System.Net.Http.Headers;
using Framelane.Bench.Common;
using Framelane.Infrastructure.Tests;

namespace Framelane.Bench.Load;

/// <summary>The published API as a process that can be killed and started again at the same address.</summary>
sealed class Server : IAsyncDisposable
{
    static readonly TimeSpan Patience = TimeSpan.FromMinutes(10);

    readonly List<KeyValuePair<string, string>> environment;
    readonly LastWords lastWords = new();
    Child? child;

    public Server(string name, string dataPath, IEnumerable<KeyValuePair<string, string>>? settings = null)
    {
        Name = name;
        Address = new($"http://127.0.0.1:{LoopbackPort.Free()}");
        environment =
        [
            .. Settings.Environment(dataPath),
            .. settings ?? [],
            new("ASPNETCORE_URLS", Address.AbsoluteUri),
            new("DOTNET_ENVIRONMENT", "Production"),
            new("Logging__LogLevel__Default", "Warning"),
        ];
        Http = new(new SocketsHttpHandler { UseProxy = false, PooledConnectionIdleTimeout = TimeSpan.FromSeconds(5) })
        {
            BaseAddress = Address,
            Timeout = TimeSpan.FromSeconds(30),
        };
        Http.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", Settings.ApiKey);
    }

    public string Name { get; }

    public Uri Address { get; }

    public HttpClient Http { get; }

    /// <summary>Whether it was seen ready and has not been killed since.</summary>
    public bool IsReady { get; private set; }

    /// <summary>While it runs.</summary>
    public int ProcessId => child!.Id;

    public long ResidentBytes => child?.ResidentBytes ?? 0;

    public void Start()
    {
        child = Child.Start(ApiProcess.Assembly, [], environment, lastWords.Add);
        child.Drain(lastWords.Add);
    }

    /// <returns>How long it took until <c>/ready</c> answered 200, counted from this call.</returns>
    /// <exception cref="InvalidOperationException">It ended, or took more than ten minutes.</exception>
    public async Task<TimeSpan> WaitReadyAsync()
    {
        var began = Stopwatch.GetTimestamp();
        while (Stopwatch.GetElapsedTime(began) < Patience && child is { HasExited: false })
        {
            try
            {
                using var answer = await Http.GetAsync("/ready");
                if (answer.IsSuccessStatusCode)
                {
                    IsReady = true;
                    return Stopwatch.GetElapsedTime(began);
                }
            }
            catch (Exception e) when (e is HttpRequestException or TaskCanceledException)
            {
                // Not listening yet, or busy: a start shares two cores with all that a proof keeps going.
            }

            await Task.Delay(5);
        }

        throw new InvalidOperationException($"The server {Name} did not become ready. {lastWords}");
    }

    /// <summary>kill -9. Where it was not running nothing happens.</summary>
    public async Task KillAsync()
    {
        IsReady = false;
        if (child is not null)
            await child.DisposeAsync();
        child = null;
    }

    public void Suspend() => child!.Suspend();

    public void Resume() => child!.Resume();

    public async Task<bool> StopAsync()
    {
        IsReady = false;
        return child is null || await child.StopAsync(TimeSpan.FromSeconds(30));
    }

    public async Task<Answer> SendAsync(HttpMethod method, string path, object? body = null, string? idempotencyKey = null, string? apiKey = null)
    {
        using var request = new HttpRequestMessage(method, path);
        if (body is not null)
            request.Content = System.Net.Http.Json.JsonContent.Create(body);
        if (idempotencyKey is not null)
            request.Headers.Add("Idempotency-Key", idempotencyKey);
        if (apiKey is not null)
            request.Headers.Authorization = new("Bearer", apiKey);
        var sentAt = DateTimeOffset.UtcNow;
        using var response = await Http.SendAsync(request, HttpCompletionOption.ResponseHeadersRead);
        var answeredAt = DateTimeOffset.UtcNow;
        return new(response.StatusCode, await response.Content.ReadAsStringAsync(), sentAt, answeredAt);
    }

    public async ValueTask DisposeAsync()
    {
        await KillAsync();
        Http.Dispose();
    }
}
