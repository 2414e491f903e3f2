using System.Security.Cryptography;
using System.Text.Json;
using System.Text.Json.Nodes;
using Framelane.Application.Abstractions;
using Framelane.Application.Common;

namespace Framelane.Infrastructure.Jobs;

/// <summary>Names what a render will be before it is made: two orders of one name make the same file.</summary>
static class RenderKey
{
    // What is told of a job, and not seen in what it makes.
    static readonly string[] Told = ["metadata", "webhook_url", "output_filename", "ingest_external"];

    // Whatever its address: a source counts for what is in it.
    static readonly string[] Addresses = ["source_url", "lut_url", "background_image_url"];

    /// <param name="engine">The version of the engine that would make it.</param>
    /// <returns>The SHA-256 of all that decides about it, in hexadecimal.</returns>
    public static async Task<string> OfAsync(RenderOrder order, string engine, CancellationToken cancellationToken)
    {
        var contents = new Dictionary<string, string>();
        foreach (var (url, path) in order.Sources)
            contents[url] = await HashAsync(path, cancellationToken);
        var scene = JsonSerializer.SerializeToNode(order.Scene, WireJson.Options)!.AsObject();
        foreach (var name in Told)
            scene.Remove(name);
        NameByContent(scene, contents);
        var fonts = new JsonArray();
        foreach (var font in order.Fonts)
            fonts.Add(await HashAsync(font, cancellationToken));
        var all = new JsonObject { ["engine"] = engine, ["watermark"] = order.Watermark, ["fonts"] = fonts, ["scene"] = scene };
        return Convert.ToHexStringLower(SHA256.HashData(JsonSerializer.SerializeToUtf8Bytes(all)));
    }

    static void NameByContent(JsonNode? node, Dictionary<string, string> contents)
    {
        if (node is JsonArray list)
        {
            foreach (var item in list)
                NameByContent(item, contents);
        }

        if (node is not JsonObject members)
            return;
        foreach (var (name, member) in members.ToArray())
        {
            if (Addresses.Contains(name) && member?.GetValue<string>() is { } url)
                members[name] = contents[url];
            else
                NameByContent(member, contents);
        }
    }

    static async Task<string> HashAsync(string path, CancellationToken cancellationToken)
    {
        await using var file = new FileStream(path, new FileStreamOptions { Options = FileOptions.Asynchronous | FileOptions.SequentialScan, BufferSize = 0 });
        return Convert.ToHexStringLower(await SHA256.HashDataAsync(file, cancellationToken));
    }
}
