using System.Net.Http.Headers;
using System.Text;

namespace Framelane.Api.Tests.Http;

/// <summary>Sends requests as they are written, and keeps the whole answer.</summary>
sealed class Caller(Uri url, string? key) : IDisposable
{
    readonly HttpClient http = new(new SocketsHttpHandler
    {
        AllowAutoRedirect = false,
        UseCookies = false,
        UseProxy = false,
        RequestHeaderEncodingSelector = (_, _) => Encoding.UTF8,
    });

    public Task<Answer> GetAsync(string path, params (string Name, string Value)[] headers) => SendAsync("GET", path, null, headers);

    public async Task<Answer> PostAsync(string path, string? json = null, params (string Name, string Value)[] headers)
    {
        var answer = await SendAsync("POST", path, json, headers);
        if (path == "/v1/renders" && answer.Status == 422)
            await AssertValidationSaysSoAsync(json, answer);
        return answer;
    }

    public Task<Answer> SendAsync(string method, string path, string? json = null, params (string Name, string Value)[] headers) =>
        SendContentAsync(method, path, json is null ? null : Json(Encoding.UTF8.GetBytes(json)), headers);

    public async Task<Answer> SendContentAsync(string method, string path, HttpContent? content, params (string Name, string Value)[] headers)
    {
        using var request = new HttpRequestMessage(new(method), new Uri(url, path)) { Content = content };
        if (key is not null)
            request.Headers.TryAddWithoutValidation("Authorization", $"Bearer {key}");
        foreach (var (name, value) in headers)
            request.Headers.TryAddWithoutValidation(name, value);
        using var response = await http.SendAsync(request);
        return await Answer.ReadAsync(response);
    }

    /// <summary>Whatever a render is refused for, in any test, is what validation says of it, word for word.</summary>
    async Task AssertValidationSaysSoAsync(string? json, Answer refused)
    {
        var told = await SendAsync("POST", "/v1/renders/validate", json);
        Assert.That((told.Status, (bool?)told.Json["valid"]), Is.EqualTo((200, (bool?)false)), told.Body);
        Assert.That(told.Json["errors"]!.ToJsonString(), Is.EqualTo(refused.Json["detail"]!.ToJsonString()));
    }

    public static ByteArrayContent Json(byte[] body) => new(body) { Headers = { ContentType = new MediaTypeHeaderValue("application/json") } };

    public void Dispose() => http.Dispose();
}
