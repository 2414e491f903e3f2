using Framelane.Domain.Workspaces;

namespace Framelane.Domain.Tests.Workspaces;

public sealed class SealedSecretTests
{
    [Test]
    public void Equals_GoesByContent_NotByBuffer()
    {
        var one = new SealedSecret(new byte[] { 1, 2, 3 }, 7);
        var same = new SealedSecret(new byte[] { 0, 1, 2, 3 }.AsMemory(1), 7);

        using (Assert.EnterMultipleScope())
        {
            Assert.That(one, Is.EqualTo(same));
            Assert.That(one.GetHashCode(), Is.EqualTo(same.GetHashCode()));
            Assert.That(one, Is.Not.EqualTo(one with { Epoch = 8 }));
            Assert.That(one, Is.Not.EqualTo(one with { Ciphertext = new byte[] { 1, 2, 4 } }));
        }
    }
}
