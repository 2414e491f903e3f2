using System.Security.Cryptography;
using System.Text.Json;
using Framelane.Application.Capabilities;
using Framelane.Application.Common;
using Microsoft.Net.Http.Headers;

namespace Framelane.Api.Conventions.Capabilities;

/// <summary>A catalogue as it is served. The installation's own does not change while the process runs, so it is written once.</summary>
public sealed class CapabilityDocument
{
    readonly CapabilityCatalogue catalogue;

    public CapabilityDocument(CapabilityCatalogue catalogue)
    {
        this.catalogue = catalogue;
        Utf8 = JsonSerializer.SerializeToUtf8Bytes(catalogue, WireJson.Options);
        ETag = new($"\"{Convert.ToHexStringLower(SHA256.HashData(Utf8))[..32]}\"");
    }

    public byte[] Utf8 { get; }

    public EntityTagHeaderValue ETag { get; }

    public CapabilityDocument Of(CapabilityCatalogue other) => ReferenceEquals(other, catalogue) ? this : new(other);
}
