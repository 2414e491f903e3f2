using Framelane.Application.Abstractions;
using Framelane.Infrastructure.Configuration;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;

namespace Framelane.Infrastructure.Storage;

/// <summary><c>Framelane:PublicUrl</c>, or where this process listens.</summary>
sealed class PublicAddress(IOptions<FramelaneOptions> options, IConfiguration configuration, IServiceProvider services) : IPublicUrls
{
    const string Default = "http://127.0.0.1:8080";

    public Uri Of(string path) => new($"{Base().TrimEnd('/')}/{path}");

    // A port that was left to the system is known once the server listens.
    string Base() => options.Value.PublicUrl
        ?? Reachable(services.GetService<IServer>()?.Features.Get<IServerAddressesFeature>()?.Addresses.FirstOrDefault())
        ?? Reachable(configuration[WebHostDefaults.ServerUrlsKey]?.Split(';')[0])
        ?? Default;

    /// <summary>What listens everywhere is reached here at least.</summary>
    static string? Reachable(string? address)
    {
        if (string.IsNullOrWhiteSpace(address))
            return null;
        var binding = Microsoft.AspNetCore.Http.BindingAddress.Parse(address);
        return binding.Host is "*" or "+" or "0.0.0.0" or "[::]"
            ? $"{binding.Scheme}://localhost:{binding.Port}{binding.PathBase}"
            : binding.ToString();
    }
}
