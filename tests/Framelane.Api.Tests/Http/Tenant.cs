using Framelane.Client;
using Framelane.Domain.Workspaces;

namespace Framelane.Api.Tests.Http;

/// <summary>A workspace as one of its own people uses it: by the generated client, or by hand.</summary>
sealed class Tenant : IDisposable
{
    readonly Recorder recorder = new();

    readonly HttpClient http;

    public Tenant(string key, Uri url)
    {
        Key = key;
        http = new(recorder);
        FramelaneClient.Configure(http, url, Key);
        Client = new(http);
        Raw = new(url, Key);
    }

    public string Key { get; }

    public WorkspaceId Id { get; init; }

    public string FirstSecret { get; init; } = "";

    public FramelaneClient Client { get; }

    public Caller Raw { get; }

    /// <summary>The answer to the client's last call.</summary>
    public Answer Last => recorder.Last!;

    public Task<WebhookCreatedResponse> CreateWebhookAsync(Uri url, params string[] events) =>
        Client.CreateWebhookAsync(new() { Url = url, Events = events.Length == 0 ? null : events });

    public void Dispose()
    {
        Client.Dispose();
        http.Dispose();
        Raw.Dispose();
    }

    sealed class Recorder() : DelegatingHandler(new SocketsHttpHandler { UseProxy = false })
    {
        public Answer? Last { get; private set; }

        protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
        {
            var response = await base.SendAsync(request, cancellationToken);
            await response.Content.LoadIntoBufferAsync(cancellationToken);
            Last = await Answer.ReadAsync(response);
            return response;
        }
    }
}

