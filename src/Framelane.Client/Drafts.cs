using System.Globalization;
using System.Net.Http.Headers;
using System.Text.Json;

namespace Framelane.Client;

/// <remarks>A preview is a picture, but for a draft, which is a job: the generated half knows one kind of success for each route.</remarks>
public partial class FramelaneClient
{
    /// <summary>Renders a small video of a scene, with at most 15 frames a second.</summary>
    /// <param name="request">The scene.</param>
    /// <param name="maxSide">Pixels of the longest side, 16 to 1920; 480 where it is left out.</param>
    /// <param name="idempotencyKey">Makes a retry safe (<see cref="NewIdempotencyKey"/>).</param>
    /// <param name="cancellationToken">Ends the call, and not the job.</param>
    /// <returns>The job.</returns>
    /// <exception cref="FramelaneApiException">The API refused it.</exception>
    public async Task<JobResponse> DraftRenderAsync(
        CreateRenderRequest request, int? maxSide = null, string? idempotencyKey = null, CancellationToken cancellationToken = default)
    {
        var size = maxSide is { } pixels ? string.Create(CultureInfo.InvariantCulture, $"&max_width={pixels}") : "";
        using var message = new HttpRequestMessage(HttpMethod.Post, $"v1/renders/preview?type=draft{size}")
        {
            Content = new ByteArrayContent(JsonSerializer.SerializeToUtf8Bytes(request, JsonSerializerSettings)),
        };
        message.Content.Headers.ContentType = new MediaTypeHeaderValue("application/json");
        if (idempotencyKey is not null)
            message.Headers.TryAddWithoutValidation("Idempotency-Key", idempotencyKey);
        using var answer = await _httpClient.SendAsync(message, cancellationToken).ConfigureAwait(false);
        await EnsureAsync(answer, cancellationToken).ConfigureAwait(false);
        var headers = answer.Headers.ToDictionary(header => header.Key, header => header.Value);
        return (await ReadObjectResponseAsync<JobResponse>(answer, headers, cancellationToken).ConfigureAwait(false)).Object;
    }
}
