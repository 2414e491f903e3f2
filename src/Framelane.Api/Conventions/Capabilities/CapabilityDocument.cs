using System.Security.Cryptography;
using System.Text.Json;
using Framelane.Application.Capabilities;
using Framelane.Application.Common;
using Microsoft.Net.Http.Headers;

namespace Framelane.Api.Conventions.Capabilities;

/// <summary>The catalogue as it is served: it does not change while the process runs, so it is written once.</summary>
public sealed class CapabilityDocument
{
    public CapabilityDocument(CapabilityCatalogue catalogue)
    {
        Utf8 = JsonSerializer.SerializeToUtf8Bytes(catalogue, WireJson.Options);
        ETag = new($"\"{Convert.ToHexStringLower(SHA256.HashData(Utf8))[..32]}\"");
    }

    public byte[] Utf8 { get; }

    public EntityTagHeaderValue ETag { get; }
}
