using System.Text;
using System.Xml.Linq;
using Microsoft.AspNetCore.DataProtection.XmlEncryption;
using Microsoft.Extensions.DependencyInjection;

namespace Framelane.Infrastructure.Secrets;

/// <summary>Wraps the keys of the key ring under the master key.</summary>
sealed class MasterKeyEncryptor(MasterKey master) : IXmlEncryptor
{
    public EncryptedXmlInfo Encrypt(XElement plaintextElement)
    {
        var plain = Encoding.UTF8.GetBytes(plaintextElement.ToString(SaveOptions.DisableFormatting));
        var wrapped = Convert.ToBase64String(KeyWrap.Seal(master, plain));
        return new(new XElement("wrappedByMasterKey", new XAttribute("algorithm", "AES-256-GCM"), wrapped), typeof(MasterKeyDecryptor));
    }
}

/// <summary>Named in the stored XML; made by Data Protection with its services.</summary>
sealed class MasterKeyDecryptor(IServiceProvider services) : IXmlDecryptor
{
    public XElement Decrypt(XElement encryptedElement) => XElement.Parse(
        Encoding.UTF8.GetString(KeyWrap.Open(services.GetRequiredService<MasterKey>(), Convert.FromBase64String(encryptedElement.Value))));
}
