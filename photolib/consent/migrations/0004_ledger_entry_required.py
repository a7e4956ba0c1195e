import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("consent", "0003_ledger_backfill")]

    operations = [
        migrations.AlterField(
            model_name="decision",
            name="entry",
            field=models.OneToOneField(
                on_delete=django.db.models.deletion.PROTECT,
                related_name="decision",
                to="consent.ledgerentry",
            ),
        ),
    ]
