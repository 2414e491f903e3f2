using Framelane.Infrastructure.Dispatch;
using Framelane.Infrastructure.Rotation;
using MediatR;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;

namespace Framelane.Infrastructure.Tests.Rotation;

public sealed class RekeySignersTests
{
    [Test]
    public void It_is_told_of_all_that_it_handles()
    {
        var services = new ServiceCollection().AddDispatch(new ConfigurationBuilder().Build());

        var handled = typeof(RekeySigners).GetInterfaces().Where(type => type.IsGenericType && type.GetGenericTypeDefinition() == typeof(INotificationHandler<>));

        Assert.That(services.Where(service => service.ImplementationType == typeof(RekeySigners)).Select(service => service.ServiceType), Is.EquivalentTo(handled));
    }
}
