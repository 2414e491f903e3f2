using System.Text.Json;
using Framelane.Application.Abstractions;

namespace Framelane.Api.Conventions.Idempotency;

/// <summary>What the action makes is found under this path by its id. The first answer says so in <c>Location</c>, and each replay does.</summary>
[AttributeUsage(AttributeTargets.Method)]
public sealed class FoundAtAttribute(string path) : Attribute
{
    public string Path => path;
}

static class FoundAtExtensions
{
    /// <remarks>By its path alone, below that of the public address: which name the client reached this by, the client knows best.</remarks>
    public static void Locate(this HttpContext context, string id)
    {
        if (context.GetEndpoint()?.Metadata.GetMetadata<FoundAtAttribute>() is { } found)
            context.Response.Headers.Location = context.RequestServices.GetRequiredService<IPublicUrls>().PathOf($"{found.Path}/{id}");
    }

    /// <summary>The same, by the id that a remembered answer holds.</summary>
    public static void Locate(this HttpContext context, byte[] answer)
    {
        if (context.GetEndpoint()?.Metadata.GetMetadata<FoundAtAttribute>() is null)
            return;
        using var body = JsonDocument.Parse(answer);
        if (body.RootElement.GetProperty("id").GetString() is { } id)
            context.Locate(id);
    }
}
