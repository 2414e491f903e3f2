namespace Framelane.Api.Hosting;

/// <summary>
/// <c>--health</c> starts nothing: it asks the server that runs beside it, under the same settings, whether it is ready. For container
/// images, which have no other program to ask with.
/// </summary>
static class HealthProbe
{
    public const string Switch = "--health";

    static readonly TimeSpan Patience = TimeSpan.FromSeconds(5);

    /// <returns>The exit code: 0 where it is ready.</returns>
    public static async Task<int> AskAsync(IConfiguration configuration, TextWriter answer)
    {
        if (AddressOf(configuration) is not { } address)
        {
            await answer.WriteLineAsync("The server listens on no http address that could be asked.");
            return 1;
        }

        try
        {
            using var handler = new SocketsHttpHandler { UseProxy = false };
            using var http = new HttpClient(handler) { Timeout = Patience };
            using var response = await http.GetAsync(new Uri(address, "ready"));
            await answer.WriteLineAsync(await response.Content.ReadAsStringAsync());
            return response.IsSuccessStatusCode ? 0 : 1;
        }
        catch (Exception failure) when (failure is HttpRequestException or OperationCanceledException)
        {
            await answer.WriteLineAsync($"{address} does not answer: {failure.Message}");
            return 1;
        }
    }

    /// <summary>The first http address that the server listens on, as it is reached from this machine.</summary>
    internal static Uri? AddressOf(IConfiguration configuration)
    {
        var urls = configuration[WebHostDefaults.ServerUrlsKey] is { Length: > 0 } given
            ? Split(given)
            : Split(configuration[WebHostDefaults.HttpPortsKey] ?? "").Select(port => $"http://*:{port}");
        return urls
            .Select(BindingAddress.Parse)
            .Where(address => address is { Scheme: "http", IsUnixPipe: false, IsNamedPipe: false })
            .Select(address => new Uri($"http://{(address.Host is "+" or "*" or "0.0.0.0" or "[::]" ? "127.0.0.1" : address.Host)}:{address.Port}"))
            .FirstOrDefault();
    }

    static string[] Split(string list) => list.Split(';', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);
}
