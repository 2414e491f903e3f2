using System.Net.Http.Headers;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace Framelane.Client;

/// <summary>Calls the Framelane API. Safe for use by many threads; keep one for as long as the program runs.</summary>
/// <remarks>
/// The methods are generated from the API's own description (scripts/generate-client.sh). A failure is a
/// <see cref="FramelaneApiException"/>; branch on its <see cref="FramelaneApiException.Code"/>. Give a POST an idempotency key of your own
/// (<see cref="NewIdempotencyKey"/>) and it can be sent again, with that key and the same body, whenever its answer was lost.
/// A later server's answers are read too: a name that an enum of theirs has no member for is its <c>Unknown</c>, and a field that is not known is in
/// <c>AdditionalProperties</c>.
/// </remarks>
public partial class FramelaneClient : IDisposable
{
    HttpClient? owned;

    /// <summary>A client of the API at an address, with a key.</summary>
    /// <param name="baseUrl">The API's address, such as <c>https://api.framelane.io</c>; a path in it is kept.</param>
    /// <param name="apiKey">The API key, from <c>fl_live_</c> on.</param>
    /// <param name="handler">What sends the requests; a <see cref="SocketsHttpHandler"/> that renews its connections where it is left out.</param>
    /// <exception cref="ArgumentException">The address is not absolute, or the key is empty.</exception>
    /// <exception cref="FormatException">The key holds characters that no key has.</exception>
    public static FramelaneClient Create(Uri baseUrl, string apiKey, HttpMessageHandler? handler = null)
    {
        var http = new HttpClient(handler ?? new SocketsHttpHandler { PooledConnectionLifetime = TimeSpan.FromMinutes(2) }, disposeHandler: handler is null);
        try
        {
            Configure(http, baseUrl, apiKey);
            return new FramelaneClient(http) { owned = http };
        }
        catch
        {
            http.Dispose();
            throw;
        }
    }

    /// <summary>Points an <see cref="HttpClient"/> of the caller's own at the API, such as one of an IHttpClientFactory.</summary>
    /// <inheritdoc cref="Create"/>
    public static void Configure(HttpClient http, Uri baseUrl, string apiKey)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(apiKey);
        if (!baseUrl.IsAbsoluteUri)
            throw new ArgumentException("The API's address must be absolute.", nameof(baseUrl));

        // Without the final slash, the last segment of the address would be taken for a file and dropped.
        http.BaseAddress = baseUrl.AbsoluteUri.EndsWith('/') ? baseUrl : new Uri(baseUrl.AbsoluteUri + "/");
        http.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", apiKey);
        http.DefaultRequestHeaders.UserAgent.Add(new ProductInfoHeaderValue(
            "Framelane.Client",
            typeof(FramelaneClient).Assembly.GetName().Version!.ToString(3)));
    }

    /// <summary>A key under which one POST can be repeated safely for 24 hours.</summary>
    public static string NewIdempotencyKey() => Guid.NewGuid().ToString("N");

    /// <summary>Closes the connections of a client that was made by <see cref="Create"/>.</summary>
    public void Dispose()
    {
        Dispose(disposing: true);
        GC.SuppressFinalize(this);
    }

    /// <param name="disposing">Whether it comes from <see cref="Dispose()"/>.</param>
    protected virtual void Dispose(bool disposing)
    {
        if (disposing)
            owned?.Dispose();
    }

    /// <remarks>What was not set is left out, so that a PATCH leaves it as it is.</remarks>
    static partial void UpdateJsonSerializerSettings(JsonSerializerOptions settings) =>
        settings.DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull;

    /// <remarks>A body that was left out is written as <c>null</c> by the generated code. It is the only JSON of four bytes that it can write.</remarks>
#pragma warning disable CA1822 // The generated half declares it as of the instance.
    partial void PrepareRequest(HttpClient client, HttpRequestMessage request, string url)
#pragma warning restore CA1822
    {
        if (request.Content?.Headers.ContentLength == "null".Length)
            request.Content = null;
    }
}
