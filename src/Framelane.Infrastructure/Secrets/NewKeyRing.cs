using System.Xml.Linq;
using Microsoft.AspNetCore.DataProtection;
using Microsoft.AspNetCore.DataProtection.KeyManagement;
using Microsoft.AspNetCore.DataProtection.Repositories;
using Microsoft.Extensions.DependencyInjection;

namespace Framelane.Infrastructure.Secrets;

/// <summary>A key ring of one key, in memory, before it takes the place of the one in the database.</summary>
sealed class NewKeyRing : IXmlRepository, IDisposable
{
    readonly List<(string Name, string Xml)> keys = [];

    readonly ServiceProvider services;

    /// <exception cref="MasterKeyException">The master key cannot be read.</exception>
    public NewKeyRing(MasterKey master, DateTimeOffset now)
    {
        var collection = new ServiceCollection();
        collection.AddSingleton(master);
        collection.AddSingleton(this);
        collection.AddSecretRing<NewKeyRing>();
        services = collection.BuildServiceProvider();
        services.GetRequiredService<IKeyManager>().CreateNewKey(now, now + KeyRing.Lifetime);
        Protection = services.GetRequiredService<IDataProtectionProvider>();
    }

    public IDataProtectionProvider Protection { get; }

    public IReadOnlyList<(string Name, string Xml)> Keys => keys;

    public IReadOnlyCollection<XElement> GetAllElements() => [.. keys.Select(key => XElement.Parse(key.Xml))];

    public void StoreElement(XElement element, string friendlyName) => keys.Add((friendlyName, element.ToString(SaveOptions.DisableFormatting)));

    public void Dispose() => services.Dispose();
}
